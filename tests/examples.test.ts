import { spawnSync } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { canvasSchema } from "../src/model/design/canvasFile.ts";
import { starterLanguages, starterPatterns } from "../src/model/starters.ts";
import { examplesFolder, runExample } from "./support/example.ts";

const names = (await readdir(examplesFolder, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map((entry) => entry.name);

describe.each(names)("%s", (name) => {
  it("deploys without a problem, each card with its place", async () => {
    const { deployed, runtime } = await runExample(name);
    expect(deployed.problems.filter((problem) => problem.severity !== "info")).toEqual([]);
    const { nodes } = await canvasOf(name);
    const known = new Set(runtime.kernel.resources.all().map((resource) => resource.logicalId));
    expect(Object.keys(nodes).filter((id) => !known.has(id))).toEqual([]);
    expect(Object.keys(nodes).length).toBeGreaterThan(0);
  });

  it("explains itself in notes on the canvas", async () => {
    const { notes } = await canvasOf(name);
    expect(notes.length).toBeGreaterThanOrEqual(2);
    expect(notes.length).toBeLessThanOrEqual(4);
  });
});

it("all are clean for AWS's own linter, where that is installed, and so is what new projects begin with", ({ skip }) => {
  const starters = path.join(examplesFolder, "../starters");
  const templates = [
    ...names.map((name) => path.join(examplesFolder, name, "template.yaml")),
    ...starterPatterns.flatMap((pattern) => starterLanguages.map((language) => path.join(starters, pattern, language, "template.yaml"))),
  ];
  const { error, stdout } = spawnSync("cfn-lint", templates, { encoding: "utf8" });
  if (error !== undefined) skip("cfn-lint is not installed");
  expect(stdout).toBe("");
});

async function canvasOf(example: string) {
  return canvasSchema.parse(JSON.parse(await readFile(path.join(examplesFolder, example, ".contrail/canvas.json"), "utf8")));
}
