// What the Studio's own dialog for opening shows of a folder, in a browser that may not look at the disk itself.
import { open, readdir } from "node:fs/promises";
import path from "node:path";
import { StudioError, type StudioOutputs } from "../../model/studioApi.ts";
import { locateProject } from "./locate.ts";
import { isStateMachineFile } from "./stateMachineFile.ts";
import { words } from "../../model/words.ts";

type Entry = StudioOutputs["folder.list"]["entries"][number];

const maxEntries = 500;
/** Large templates name their sections late, small ones soon: this much is looked at. */
const lookedAtBytes = 64 * 1024;
const maxFilesLookedAt = 60;

export async function listFolder(folder: string, withFiles: boolean): Promise<StudioOutputs["folder.list"]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: Error) => {
    throw new StudioError("unreadable", words("{{folder}} cannot be listed: {{error}}", { folder, error: error.message }));
  });
  const sorted = entries.filter((entry) => !entry.name.startsWith(".")).toSorted((a, b) => a.name.localeCompare(b.name));
  const folders = sorted.filter((entry) => entry.isDirectory() && entry.name !== "node_modules").slice(0, maxEntries);
  const candidates = withFiles
    ? sorted.filter((entry) => entry.isFile() && /\.(ya?ml|json|template)$/i.test(entry.name)).slice(0, maxFilesLookedAt)
    : [];
  const parent = path.dirname(folder);
  const listed = await Promise.all([
    ...folders.map(({ name }) => folderEntry(path.join(folder, name))),
    ...candidates.map(({ name }) => fileEntry(path.join(folder, name))),
  ]);
  return { path: folder, parent: parent === folder ? null : parent, entries: listed.filter((entry) => entry !== null) };
}

async function folderEntry(folder: string): Promise<Entry> {
  const isProject = await locateProject(folder).then(
    () => true,
    (error: unknown) => error instanceof StudioError && error.code === "several-stacks",
  );
  return { name: path.basename(folder), path: folder, kind: isProject ? "project" : "folder" };
}

/** null: some other file. */
async function fileEntry(file: string): Promise<Entry | null> {
  const text = await beginning(file);
  const kind = isStateMachineFile(file) ? "state-machine" : /(^|["\s{,])Resources["']?\s*:/.test(text) ? "template" : null;
  return kind === null ? null : { name: path.basename(file), path: file, kind };
}

async function beginning(file: string): Promise<string> {
  const handle = await open(file).catch(() => null);
  if (handle === null) return "";
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(lookedAtBytes), 0, lookedAtBytes, 0);
    return buffer.toString("utf8", 0, bytesRead);
  } finally {
    await handle.close();
  }
}
