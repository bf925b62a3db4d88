// The code that copied functions name: their handlers' files, and what these import from beside them.
import { call } from "../../app/api.ts";
import type { DesignResource } from "../../../model/design/design.ts";
import { useProject } from "../../app/stores/project.ts";
import { codeFileOf } from "../openResource.ts";

const maxFiles = 40;
const maxBytes = 400_000;
const endings = ["", ".ts", ".mts", ".js", ".mjs", ".cjs", ".json", "/index.ts", "/index.js"];

/** By path in the project. Files that cannot be read as text stay behind. */
export async function codeOf(resources: readonly DesignResource[]): Promise<Record<string, string>> {
  const known = new Set(useProject.getState().project?.files.map(({ path }) => path));
  const found: Record<string, string> = {};
  const waiting = resources.flatMap((resource) => codeFileOf(resource) ?? []);
  let bytes = 0;
  for (let path = waiting.shift(); path !== undefined && Object.keys(found).length < maxFiles; path = waiting.shift()) {
    if (found[path] !== undefined) continue;
    const file = await call("file.read", { path }).catch(() => null);
    if (file === null || file.isBinary) continue;
    bytes += file.text.length;
    if (bytes > maxBytes) break;
    found[path] = file.text;
    waiting.push(...importsOf(path, file.text, known));
  }
  return found;
}

/** Only what lies in the project; packages are installed, not copied. */
function importsOf(path: string, text: string, known: ReadonlySet<string>): string[] {
  const folder = path.split("/").slice(0, -1);
  const named = [...text.matchAll(/(?:from|import|require)\s*\(?\s*["'](\.{1,2}\/[^"']+)["']/g)];
  return named.flatMap(([, name = ""]) => {
    const parts = [...folder];
    for (const part of name.split("/")) {
      if (part === "..") parts.pop();
      else if (part !== ".") parts.push(part);
    }
    const base = parts.join("/");
    const candidates = [...endings.map((ending) => base + ending), base.replace(/\.js$/, ".ts"), base.replace(/\.mjs$/, ".mts")];
    return candidates.find((candidate) => known.has(candidate)) ?? [];
  });
}

/** Writes the files that are not there; where another stands in the place of one, the copy gets a name of its own. Gives those new names. */
export async function writeCode(files: Readonly<Record<string, string>>): Promise<ReadonlyMap<string, string>> {
  const known = new Set(useProject.getState().project?.files.map(({ path }) => path));
  const renamed = new Map<string, string>();
  for (const [path, text] of Object.entries(files)) {
    if (!known.has(path)) {
      await call("file.create", { path, text });
      continue;
    }
    const there = await call("file.read", { path });
    if (there.text === text) continue;
    const other = freePath(path, known);
    await call("file.create", { path: other, text });
    renamed.set(path, other);
  }
  return renamed;
}

function freePath(path: string, known: ReadonlySet<string>): string {
  const dot = path.lastIndexOf(".");
  const [base, ending] = dot > path.lastIndexOf("/") ? [path.slice(0, dot), path.slice(dot)] : [path, ""];
  for (let number = 2; ; number += 1) if (!known.has(`${base}${number}${ending}`)) return `${base}${number}${ending}`;
}
