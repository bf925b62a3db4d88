import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { type Project, type ProjectFile, StudioError } from "../../model/studioApi.ts";
import { insideProject, isIgnored } from "./paths.ts";
import { words, type Words } from "../../model/words.ts";

const maxTextBytes = 5 * 1024 * 1024;
const maxListedFiles = 5_000;

/** Identifies the bytes of a file, to see whether someone else changed it since it was read. */
export function versionOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex").slice(0, 32);
}

export async function readProjectFile(directory: string, relative: string): Promise<ProjectFile> {
  const absolute = await insideProject(directory, relative);
  const bytes = await readFile(absolute).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") throw new StudioError("not-found", words("{{file}} is not in the project any more.", { file: relative }));
    if (error.code === "EISDIR") throw new StudioError("is-directory", words("{{file}} is a folder.", { file: relative }));
    throw new StudioError("unreadable", words("{{file}} cannot be read: {{error}}", { file: relative, error: error.message }));
  });
  // text in another encoding would come back damaged
  const isBinary = bytes.length > maxTextBytes || bytes.subarray(0, 8_000).includes(0) || !isUtf8(bytes);
  return { path: relative, text: isBinary ? "" : bytes.toString("utf8"), version: versionOf(bytes), isBinary, bytes: bytes.length };
}

/** Of a file that is `isBinary`. */
export function whyNotText({ path: relative, bytes }: ProjectFile): Words {
  if (bytes <= maxTextBytes) return words("{{file}} is not text in UTF-8.", { file: relative });
  const megabytes = (bytes / 1024 / 1024).toFixed(bytes > 10 * maxTextBytes ? 0 : 1);
  return words("{{file}} has {{megabytes}} MB. Contrail reads templates of up to 2 MB; CloudFormation takes 1 MB.", {
    file: relative,
    megabytes,
  });
}

/**
 * Writes a text file whole: to a neighbour first, then by rename, so that a crash leaves the old or the new text, never
 * half of one. `baseVersion` is what the writer believes is on disk (null: nothing); otherwise it is a conflict.
 */
export async function writeProjectFile(
  directory: string,
  relative: string,
  text: string,
  baseVersion: string | null,
): Promise<{ version: string }> {
  const named = await insideProject(directory, relative);
  // a link inside the project stays one: what it leads to is written
  const absolute = await realpath(named).catch(() => named);
  const onDisk = await readFile(absolute).catch(() => null);
  const diskVersion = onDisk === null ? null : versionOf(onDisk);
  const bytes = Buffer.from(text, "utf8");
  const version = versionOf(bytes);
  if (diskVersion === version) return { version };
  if (diskVersion !== baseVersion) {
    throw new StudioError(
      "conflict",
      diskVersion === null
        ? words("{{file}} was removed from disk meanwhile.", { file: relative })
        : words("{{file}} was changed on disk meanwhile.", { file: relative }),
    );
  }
  await mkdir(path.dirname(absolute), { recursive: true });
  const neighbour = `${absolute}.contrail-${process.pid}`;
  try {
    const mode = onDisk === null ? 0o644 : (await stat(absolute)).mode & 0o777;
    await writeFile(neighbour, bytes, { mode });
    await rename(neighbour, absolute);
  } catch (error) {
    await rm(neighbour, { force: true });
    throw new StudioError(
      "unwritable",
      words("{{file}} cannot be written: {{error}}. Check the file's permissions and free disk space.", {
        file: relative,
        error: error instanceof Error ? error.message : String(error),
      }),
    );
  }
  return { version };
}

export async function renameProjectFile(directory: string, relative: string, newRelative: string): Promise<void> {
  const from = await insideProject(directory, relative);
  const to = await insideProject(directory, newRelative);
  if ((await stat(to).catch(() => null)) !== null)
    throw new StudioError("exists", words("{{file}} is there already. Choose another name.", { file: newRelative }));
  await mkdir(path.dirname(to), { recursive: true });
  await rename(from, to).catch((error: Error) => {
    throw new StudioError("unwritable", words("{{file}} cannot be renamed: {{error}}", { file: relative, error: error.message }));
  });
}

export async function removeProjectFile(directory: string, relative: string): Promise<void> {
  await rm(await insideProject(directory, relative), { recursive: true });
}

/** All files and folders of the project, ignored ones left out, at most 5,000. */
export async function listProjectFiles(directory: string): Promise<Project["files"]> {
  const files: { path: string; isDirectory: boolean; bytes: number }[] = [];
  const visit = async (folder: string): Promise<void> => {
    const entries = await readdir(path.join(directory, folder), { withFileTypes: true }).catch(() => []);
    for (const entry of entries.toSorted((a, b) => a.name.localeCompare(b.name))) {
      const relative = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (isIgnored(relative) || files.length >= maxListedFiles) continue;
      if (entry.isDirectory()) {
        files.push({ path: relative, isDirectory: true, bytes: 0 });
        await visit(relative);
      } else if (entry.isFile()) {
        const bytes = await stat(path.join(directory, relative)).then(
          (found) => found.size,
          () => 0,
        );
        files.push({ path: relative, isDirectory: false, bytes });
      }
    }
  };
  await visit("");
  return files;
}
