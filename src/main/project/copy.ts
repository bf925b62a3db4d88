import { cp, readdir } from "node:fs/promises";
import path from "node:path";
import { StudioError } from "../../model/studioApi.ts";
import { projectRelative } from "./paths.ts";
import { words } from "../../model/words.ts";

/** Copies a project whole, but for what was run with; never over something that is there. */
export async function copyProject(directory: string, target: string): Promise<void> {
  if (!path.relative(directory, target).startsWith(".."))
    throw new StudioError("inside-project", words("{{folder}} lies in the project itself. Choose a folder beside it.", { folder: target }));
  const existing = await readdir(target).catch((error: NodeJS.ErrnoException) => (error.code === "ENOENT" ? [] : [error.code]));
  if (existing.length > 0) throw new StudioError("exists", words("{{file}} is there already. Choose another name.", { file: target }));
  await cp(directory, target, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (file) => projectRelative(directory, file) !== ".contrail/data",
  });
}
