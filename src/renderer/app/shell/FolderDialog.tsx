import { ArrowUp, FileText, Folder, FolderCheck, Workflow } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import type { StudioOutputs } from "../../../model/studioApi.ts";
import { call, messageOf } from "../api.ts";
import { closeDialog } from "../stores/dialogs.ts";
import { createProject, openProject } from "../stores/project.ts";
import { Button } from "../ui/Button.tsx";
import { Chip } from "../ui/Chip.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { IconButton } from "../ui/IconButton.tsx";
import { TextField } from "../ui/TextField.tsx";

type Listing = StudioOutputs["folder.list"];

const words = {
  open: {
    title: "Open a project",
    description: "A folder with template.yaml, a single template or state machine, or the cdk.out of a CDK app. Opening writes nothing.",
  },
  create: { title: "New project", description: "A folder with a template, ready to draw in, is made inside the folder that you choose." },
};

/** Walks the folders of this machine and ends with a project opened or made. */
export function FolderDialog({ purpose }: { purpose: "open" | "create" }) {
  const [listing, setListing] = useState<Listing | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [name, setName] = useState("my-system");

  const go = useCallback(
    (path?: string): void => {
      call("folder.list", { ...(path === undefined ? {} : { path }), files: purpose === "open" }).then(
        (next) => {
          setListing(next);
          setProblem(null);
        },
        (error: unknown) => setProblem(messageOf(error)),
      );
    },
    [purpose],
  );
  useEffect(() => go(), [go]);

  const parent = listing?.parent ?? null;
  const isNameValid = /^[\w][\w .-]{0,63}$/.test(name);
  const open = (path: string): void => {
    closeDialog();
    void openProject(path);
  };
  const goOrOpen = (path: string): void => (purpose === "open" && /\.(ya?ml|json|template)$/i.test(path) ? open(path) : go(path));
  const finish = (): void => {
    if (listing === null) return;
    if (purpose === "open") return open(listing.path);
    closeDialog();
    void createProject(listing.path, name);
  };

  return (
    <Dialog
      {...words[purpose]}
      isOpen
      onClose={closeDialog}
      width={560}
      actions={
        <>
          <Button onClick={closeDialog}>Cancel</Button>
          <Button look="primary" disabled={listing === null || (purpose === "create" && !isNameValid)} onClick={finish}>
            {purpose === "open" ? "Open this folder" : "Create here"}
          </Button>
        </>
      }
    >
      {purpose === "create" && (
        <div className="mb-3 flex items-center gap-3">
          <span className="w-14 text-fg-3">Name</span>
          <TextField
            label="Name of the project"
            value={name}
            onChange={setName}
            className="flex-1"
            problem={isNameValid ? null : "Up to 64 letters, digits, spaces, dots and dashes"}
          />
        </div>
      )}
      <div className="mb-2 flex items-center gap-2">
        <IconButton label="Folder above" size={24} disabled={parent === null} onClick={() => parent !== null && go(parent)}>
          <ArrowUp size={14} />
        </IconButton>
        <TextField label="Path" value={listing?.path ?? ""} onCommit={goOrOpen} isMono className="flex-1" />
      </div>
      {problem !== null && <p className="mb-2 text-error">{problem}</p>}
      <ul className="h-64 overflow-auto rounded-md border border-line bg-input py-1" aria-label="Folders">
        {listing?.entries.length === 0 && <li className="px-3 py-2 text-fg-3">No folders in here.</li>}
        {listing?.entries.map((entry) => (
          <li key={entry.path}>
            <button
              type="button"
              onClick={() => (isFile(entry) ? open(entry.path) : go(entry.path))}
              onDoubleClick={() => purpose === "open" && entry.kind === "project" && open(entry.path)}
              className="flex h-6 w-full items-center gap-2 px-3 text-left hover:bg-accent-soft"
            >
              <EntryIcon kind={entry.kind} />
              <span className="truncate">{entry.name}</span>
              {entry.kind !== "folder" && <Chip className="ml-auto">{kindWords[entry.kind]}</Chip>}
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

type Entry = Listing["entries"][number];

const kindWords: Record<Exclude<Entry["kind"], "folder">, string> = {
  project: "project",
  template: "template",
  "state-machine": "state machine",
};

function isFile({ kind }: Entry): boolean {
  return kind === "template" || kind === "state-machine";
}

function EntryIcon({ kind }: { kind: Entry["kind"] }) {
  switch (kind) {
    case "folder":
      return <Folder size={14} className="text-fg-3" />;
    case "project":
      return <FolderCheck size={14} className="text-accent" />;
    case "template":
      return <FileText size={14} className="text-accent" />;
    case "state-machine":
      return <Workflow size={14} className="text-accent" />;
  }
}
