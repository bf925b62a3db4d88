import { readFile } from "node:fs/promises";
import path from "node:path";
import { appFolder } from "./appFolder.ts";

/** Type declarations for Monaco, packed at build time: `{"file:///node_modules/…/index.d.ts": text}`. */
export async function typeLibraries(): Promise<Record<string, string>> {
  const text = await readFile(path.join(appFolder(), "out", "typeLibraries.json"), "utf8").catch(() => "{}");
  return JSON.parse(text) as Record<string, string>;
}
