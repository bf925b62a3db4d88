import { ArrowUp, FileText, Folder, FolderCheck, Workflow } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import type { StudioOutputs } from "../../../model/studioApi.ts";
import { call } from "../api.ts";
import { classes } from "../ui/classes.ts";
import { Chip } from "../ui/Chip.tsx";
import { IconButton } from "../ui/IconButton.tsx";
import { TextField } from "../ui/TextField.tsx";
import { perLanguage, t } from "../texts/texts.ts";
import { messageOf } from "../texts/words.ts";

type Listing = StudioOutputs["folder.list"];
type Entry = Listing["entries"][number];

export interface FolderPickerProps {
  /** The folder that is shown now. */
  onFolder(path: string): void;
  /** With it, files that open by themselves are listed, and chosen by a click. */
  onOpen?(path: string): void;
  className?: string;
}

/** Folders of this machine: a path to type, and a list to walk. */
export function FolderPicker({ onFolder, onOpen, className }: FolderPickerProps) {
  const [listing, setListing] = useState<Listing | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const files = onOpen !== undefined;
  const go = useCallback(
    (path?: string): void => {
      call("folder.list", { ...(path === undefined ? {} : { path }), files }).then(
        (next) => {
          setListing(next);
          setProblem(null);
          onFolder(next.path);
        },
        (error: unknown) => setProblem(messageOf(error)),
      );
    },
    [files, onFolder],
  );
  useEffect(() => go(), [go]);

  const parent = listing?.parent ?? null;
  const goOrOpen = (path: string): void => (onOpen !== undefined && /\.(ya?ml|json|template)$/i.test(path) ? onOpen(path) : go(path));
  return (
    <>
      <div className="mb-2 flex items-center gap-2">
        <IconButton label={t("Folder above")} size={24} disabled={parent === null} onClick={() => parent !== null && go(parent)}>
          <ArrowUp size={14} />
        </IconButton>
        <TextField label={t("Path")} value={listing?.path ?? ""} onCommit={goOrOpen} isMono className="flex-1" />
      </div>
      {problem !== null && <p className="mb-2 text-error">{problem}</p>}
      <ul className={classes("overflow-auto rounded-md border border-line bg-input py-1", className ?? "h-64")} aria-label={t("Folders")}>
        {listing?.entries.length === 0 && <li className="px-3 py-2 text-fg-3">{t("No folders in here.")}</li>}
        {listing?.entries.map((entry) => (
          <li key={entry.path}>
            <button
              type="button"
              onClick={() => (isFile(entry) ? onOpen?.(entry.path) : go(entry.path))}
              onDoubleClick={() => entry.kind === "project" && onOpen?.(entry.path)}
              className="flex h-6 w-full items-center gap-2 px-3 text-left hover:bg-accent-soft"
            >
              <EntryIcon kind={entry.kind} />
              <span className="truncate">{entry.name}</span>
              {entry.kind !== "folder" && <Chip className="ml-auto">{kindWords()[entry.kind]}</Chip>}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

const kindWords = perLanguage((): Record<Exclude<Entry["kind"], "folder">, string> => ({
  project: "project",
  template: "template",
  "state-machine": t("state machine"),
}));

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
