import { lstat, realpath } from "node:fs/promises";
import path from "node:path";
import { StudioError } from "../../model/studioApi.ts";
import { words } from "../../model/words.ts";

/**
 * Turns a path that came over the Studio API into an absolute one inside the project; anything that would leave the
 * folder, by `..`, an absolute path or a symbolic link, is refused.
 */
export async function insideProject(directory: string, relative: string): Promise<string> {
  const refused = new StudioError("outside-project", words("{{file}} is not a path inside the project folder.", { file: relative }));
  if (relative.includes("\0") || path.isAbsolute(relative) || /^[a-z]:/i.test(relative)) throw refused;
  const absolute = path.resolve(directory, relative);
  if (!isInside(directory, absolute)) throw refused;
  const root = await realpath(directory);
  // the deepest part that exists decides: what is not there yet cannot be a link
  for (let current = absolute; isInside(directory, current); current = path.dirname(current)) {
    const entry = await lstat(current).catch(() => null);
    if (entry === null) continue;
    const real = await realpath(current).catch(() => null);
    if (real === null || (real !== root && !isInside(root, real))) throw refused;
    break;
  }
  return absolute;
}

function isInside(directory: string, absolute: string): boolean {
  return absolute.startsWith(directory.endsWith(path.sep) ? directory : directory + path.sep);
}

/** Forward slashes, relative to the project: how files are named everywhere but on disk. */
export function projectRelative(directory: string, absolute: string): string {
  return path.relative(directory, absolute).split(path.sep).join("/");
}

/** Folders that are nobody's source: not listed, not watched. */
export const ignoredFolders: ReadonlySet<string> = new Set([
  "node_modules",
  ".git",
  ".aws-sam",
  ".hg",
  ".svn",
  "__pycache__",
  ".venv",
  "venv",
  "coverage",
]);

export function isIgnored(relative: string): boolean {
  const parts = relative.split("/");
  return parts.some((part) => ignoredFolders.has(part)) || relative === ".contrail/data" || relative.startsWith(".contrail/data/");
}
