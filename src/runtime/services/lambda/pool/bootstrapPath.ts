import { existsSync } from "node:fs";
import path from "node:path";

/** The script that runs in each environment: the .ts file when run from source, `bootstrap.js` beside the bundle when built. */
export function bootstrapPath(): string {
  const here = import.meta.dirname;
  const candidates = [path.join(here, "../environment/bootstrap.ts"), path.join(here, "bootstrap.js"), path.join(here, "../bootstrap.js")];
  const found = candidates.find((candidate) => existsSync(candidate));
  if (found === undefined)
    throw new Error(`The script for function environments is missing: looked for ${candidates.join(", ")}. Build Contrail again.`);
  return found;
}
