import { readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { canvasSchema, canvasText, emptyCanvas } from "../../model/design/canvasFile.ts";
import type { Canvas } from "../../model/design/design.ts";
import type { Problem } from "../../model/problem.ts";
import type { Project, ProjectSettings } from "../../model/studioApi.ts";
import { listProjectFiles, readProjectFile, writeProjectFile } from "./files.ts";
import { type ProjectLocation, stacksAt } from "./locate.ts";
import { said, words } from "../../model/words.ts";

export const canvasPath = ".contrail/canvas.json";

/** Reads what the Studio shows of a project besides its template and the settings it is deployed with; writes nothing. */
export async function readProject(location: ProjectLocation): Promise<Omit<Project, "template" | keyof ProjectSettings>> {
  const { directory, templatePath } = location;
  const [files, canvas, branch, stacks] = await Promise.all([
    listProjectFiles(directory),
    readCanvas(directory),
    readBranch(directory),
    location.stack === undefined ? [] : stacksAt(path.join(directory, templatePath)),
  ]);
  return { name: location.name ?? path.basename(directory), directory, templatePath, ...canvas, files, branch, stacks };
}

export async function readCanvas(directory: string): Promise<{ canvas: Canvas; canvasProblem: Problem | null }> {
  const text = await readFile(path.join(directory, canvasPath), "utf8").catch(() => null);
  if (text === null) return { canvas: emptyCanvas, canvasProblem: null };
  try {
    return { canvas: canvasSchema.parse(JSON.parse(text)), canvasProblem: null };
  } catch (error) {
    const reason =
      error instanceof z.ZodError ? z.prettifyError(error).split("\n")[0] : error instanceof Error ? error.message : String(error);
    const what = words(
      "The canvas file cannot be read ({{reason}}), so the design is laid out afresh. The file stays as it is until you move something; mend or remove it to be safe.",
      { reason: reason ?? "" },
    );
    return { canvas: emptyCanvas, canvasProblem: { severity: "warning", rule: "canvas.unreadable", ...said(what), file: canvasPath } };
  }
}

/** A file that could not be read is kept beside it. */
export async function writeCanvas(directory: string, canvas: Canvas): Promise<void> {
  const text = canvasText(canvas);
  const before = await readProjectFile(directory, canvasPath).catch(() => null);
  if (before !== null && (await readCanvas(directory)).canvasProblem !== null) {
    await writeProjectFile(directory, `.contrail/canvas.unreadable-${before.version.slice(0, 8)}.json`, before.text, null).catch(
      () => null,
    );
  }
  await writeProjectFile(directory, canvasPath, text, before?.version ?? null);
}

/** The git branch, read from the nearest `.git`, for the status bar. */
async function readBranch(directory: string): Promise<string | null> {
  for (let folder = directory; ; folder = path.dirname(folder)) {
    const head = await readFile(path.join(folder, ".git", "HEAD"), "utf8").catch(() => null);
    if (head !== null) return /^ref: refs\/heads\/(.+)$/m.exec(head)?.[1] ?? head.trim().slice(0, 8);
    if (path.dirname(folder) === folder) return null;
  }
}

/** A stack name as CloudFormation allows it, from the folder's name. */
export function stackNameFor(directory: string): string {
  const name = path
    .basename(directory)
    .replace(/[^A-Za-z0-9-]+/g, "-")
    .replace(/^[^A-Za-z]+/, "")
    .slice(0, 64);
  return name === "" ? "stack" : name;
}
