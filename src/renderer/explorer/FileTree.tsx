import { Braces, ChevronDown, ChevronRight, FileCode, FilePlus, FileText, Folder, Folders } from "lucide-react";
import { useMemo, useState, type ReactNode } from "react";
import { call } from "../app/api.ts";
import { createFile, openFile } from "../app/commands/fileCommands.ts";
import { confirm } from "../app/stores/dialogs.ts";
import { closeDocument, isDirty, retargetDocument, useDocuments } from "../app/stores/documents.ts";
import { closeTab, fileTabId, retargetFileTab, useLayout } from "../app/stores/layout.ts";
import { attempt } from "../app/stores/notices.ts";
import { useProject } from "../app/stores/project.ts";
import { IconButton } from "../app/ui/IconButton.tsx";
import { ContextMenu, type MenuItem } from "../app/ui/Menu.tsx";
import { TextField } from "../app/ui/TextField.tsx";
import { classes } from "../app/ui/classes.ts";
import { machineWrittenIn } from "../workflow/definitionFiles.ts";
import { openWorkflow } from "../workflow/workflowStore.ts";
import { buildFileTree, type FileNode } from "./fileNodes.ts";
import { t } from "../app/texts/texts.ts";

/** A name being typed: for a new file in a folder, or instead of an old one. */
type Naming = { type: "new"; folder: string } | { type: "rename"; path: string };

/** The project's folder: open, create, rename and delete files. */
export function FileTree() {
  const files = useProject((state) => state.project?.files ?? []);
  const roots = useMemo(() => buildFileTree(files), [files]);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [naming, setNaming] = useState<Naming | null>(null);

  const toggle = (path: string): void =>
    setClosed((before) => {
      const next = new Set(before);
      if (!next.delete(path)) next.add(path);
      return next;
    });

  const finishNaming = (name: string): void => {
    setNaming(null);
    const trimmed = name.trim();
    if (naming === null || trimmed === "") return;
    if (naming.type === "new") void createFile(naming.folder === "" ? trimmed : `${naming.folder}/${trimmed}`, "");
    else void renameFile(naming.path, trimmed);
  };

  const rows = (nodes: readonly FileNode[], depth: number): ReactNode =>
    nodes.map((node) => (
      <div key={node.path} role="none">
        {naming?.type === "rename" && naming.path === node.path ? (
          <NameField depth={depth} initial={node.name} onDone={finishNaming} onCancel={() => setNaming(null)} />
        ) : (
          <FileRow node={node} depth={depth} isClosed={closed.has(node.path)} onToggle={() => toggle(node.path)} onNaming={setNaming} />
        )}
        {node.isDirectory && !closed.has(node.path) && (
          <div role="group">
            {naming?.type === "new" && naming.folder === node.path && (
              <NameField depth={depth + 1} initial="" onDone={finishNaming} onCancel={() => setNaming(null)} />
            )}
            {rows(node.children, depth + 1)}
          </div>
        )}
      </div>
    ));

  return (
    <>
      <div className="flex flex-none items-center gap-1 px-3 pt-1.5">
        <span className="flex-1 text-xs text-fg-3">
          {t("{{count}} files", { count: files.filter((file) => !file.isDirectory).length })}
        </span>
        <IconButton label={t("New file")} size={24} onClick={() => setNaming({ type: "new", folder: "" })}>
          <FilePlus size={14} />
        </IconButton>
        <IconButton
          label={t("Close all folders")}
          size={24}
          onClick={() => setClosed(new Set(files.filter((file) => file.isDirectory).map((file) => file.path)))}
        >
          <Folders size={14} />
        </IconButton>
      </div>
      <div role="tree" aria-label={t("Files")} className="min-h-0 flex-1 overflow-auto py-1">
        {naming?.type === "new" && naming.folder === "" && (
          <NameField depth={0} initial="" onDone={finishNaming} onCancel={() => setNaming(null)} />
        )}
        {rows(roots, 0)}
      </div>
    </>
  );
}

interface FileRowProps {
  node: FileNode;
  depth: number;
  isClosed: boolean;
  onToggle(): void;
  onNaming(naming: Naming): void;
}

function FileRow({ node, depth, isClosed, onToggle, onNaming }: FileRowProps) {
  const isActive = useLayout((layout) => layout.activeTab === fileTabId(node.path));
  const hasUnsavedText = useDocuments((state) => isDirty(state.documents[node.path]));
  const open = (): void => {
    if (node.isDirectory) return onToggle();
    const machine = machineWrittenIn(node.path);
    if (machine === undefined) void openFile(node.path);
    else openWorkflow(machine);
  };
  const folder = node.isDirectory ? node.path : node.path.split("/").slice(0, -1).join("/");
  const items: MenuItem[] = [
    ...(node.isDirectory
      ? []
      : ([
          { type: "action", id: "open", title: t("Open"), run: open },
          { type: "action", id: "text", title: t("Open as text"), run: () => void openFile(node.path) },
          { type: "action", id: "beside", title: t("Open on the right"), run: () => void openFile(node.path, { beside: true }) },
          { type: "separator" },
        ] satisfies MenuItem[])),
    { type: "action", id: "new", title: t("New file here"), run: () => onNaming({ type: "new", folder }) },
    { type: "action", id: "rename", title: t("Rename"), shortcut: "F2", run: () => onNaming({ type: "rename", path: node.path }) },
    { type: "action", id: "delete", title: t("Delete"), isDangerous: true, run: () => askToRemove(node) },
  ];
  return (
    <ContextMenu items={items}>
      <div
        role="treeitem"
        aria-expanded={node.isDirectory ? !isClosed : undefined}
        aria-selected={isActive}
        tabIndex={0}
        onClick={open}
        onKeyDown={(event) => {
          if (event.key === "Enter" || event.key === " ") open();
          else if (event.key === "F2") onNaming({ type: "rename", path: node.path });
          else if (event.key === "Delete") askToRemove(node);
        }}
        style={{ paddingLeft: 8 + depth * 12 }}
        className={classes("flex h-6 items-center gap-1.5 pr-3", isActive ? "bg-accent-soft" : "hover:bg-hover")}
      >
        <span className="w-3 text-fg-3">{node.isDirectory && (isClosed ? <ChevronRight size={12} /> : <ChevronDown size={12} />)}</span>
        <span className="text-fg-3">{iconOf(node)}</span>
        <span className="truncate">{node.name}</span>
        {hasUnsavedText && <span className="ml-auto size-1.5 rounded-full bg-accent" />}
      </div>
    </ContextMenu>
  );
}

function NameField({ depth, initial, onDone, onCancel }: { depth: number; initial: string; onDone(name: string): void; onCancel(): void }) {
  return (
    <div style={{ paddingLeft: 20 + depth * 12 }} className="py-px pr-3">
      <TextField
        label={t("File name")}
        value={initial}
        autoFocus
        placeholder="name.ts"
        isMono
        onFocus={(event) => event.target.setSelectionRange(0, Math.max(0, initial.lastIndexOf(".")) || initial.length)}
        onCommit={onDone}
        onBlur={onCancel}
      />
    </div>
  );
}

function iconOf(node: FileNode): ReactNode {
  if (node.isDirectory) return <Folder size={14} />;
  if (/\.(json)$/.test(node.name)) return <Braces size={14} />;
  if (/\.([cm]?[jt]sx?|py|go|rb)$/.test(node.name)) return <FileCode size={14} />;
  return <FileText size={14} />;
}

async function renameFile(path: string, newName: string): Promise<void> {
  const newPath = [...path.split("/").slice(0, -1), newName].join("/");
  if (newPath === path) return;
  await attempt(t("Rename {{path}}", { path }), async () => {
    await call("file.rename", { path, newPath });
    retargetDocument(path, newPath);
    retargetFileTab(path, newPath);
  });
}

function askToRemove(node: FileNode): void {
  confirm({
    title: t("Delete {{name}}?", { name: node.name }),
    detail: node.isDirectory ? t("The folder and everything in it is deleted from disk.") : t("The file is deleted from disk."),
    action: t("Delete"),
    isDangerous: true,
    run: () =>
      void attempt(t("Delete {{path}}", { path: node.path }), async () => {
        await call("file.remove", { path: node.path });
        closeTab(fileTabId(node.path));
        closeDocument(node.path);
      }),
  });
}
