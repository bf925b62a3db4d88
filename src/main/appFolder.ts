import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

/** Contrail's own folder (the one with package.json and resources), found from the source tree, the bundle and the packaged app alike. */
export function appFolder(): string {
  for (let folder = import.meta.dirname; ; folder = path.dirname(folder)) {
    if (existsSync(path.join(folder, "package.json")) && existsSync(path.join(folder, "resources"))) return folder;
    if (path.dirname(folder) === folder)
      throw new Error(`Contrail's own files are not where they should be, above ${import.meta.dirname}. Install it anew.`);
  }
}

export function appVersion(): string {
  const { version } = JSON.parse(readFileSync(path.join(appFolder(), "package.json"), "utf8")) as { version: string };
  return version;
}
