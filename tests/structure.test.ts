import { execFileSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { createService } from "../scripts/newService.ts";
import { definitions } from "../src/runtime/services/definitions.ts";
import { temporaryFolder } from "./support/folder.ts";

const root = path.resolve(import.meta.dirname, "..");

/** What a service's folder lacks, in words that say what to do. */
function lacking(base: string, id: string): string[] {
  const folder = path.join(base, "src/runtime/services", id);
  const has = (file: string): boolean => existsSync(path.join(folder, file));
  const operations = has("operations")
    ? readdirSync(path.join(folder, "operations"), { recursive: true })
        .map(String)
        .filter((file) => file.endsWith(".ts"))
    : [];
  const tests = path.join(base, "tests/services", id);
  const index = readFileSync(path.join(base, "src/runtime/services/index.ts"), "utf8");
  return [
    !has("README.md") && `${id}/README.md: say what works and what differs from AWS`,
    !has("definition.ts") && `${id}/definition.ts: the service as data`,
    !has("service.ts") && `${id}/service.ts: the service as one readable object`,
    operations.length === 0 && `${id}/operations/: one AWS operation, one file`,
    !(existsSync(tests) && readdirSync(tests).some((file) => file.endsWith(".test.ts"))) &&
      `tests/services/${id}/: a test through the real door`,
    !index.includes(`./${id}/service.ts`) && `services/index.ts: a line for ${id}`,
  ].filter((line) => line !== false);
}

const services = readdirSync(path.join(root, "src/runtime/services"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

describe("the structure", () => {
  it.each(services)("of services/%s is whole", (id) => {
    expect(lacking(root, id)).toEqual([]);
  });

  it("has an icon for every kind of resource, and differences are told in the service's README", () => {
    const missing = definitions
      .flatMap((service) =>
        service.resourceTypes.flatMap((type) => [type.icon, ...type.palette.map((entry) => ("icon" in entry ? entry.icon : undefined))]),
      )
      .filter((icon) => icon !== undefined && !existsSync(path.join(root, `resources/icons/${icon}.svg`)));
    expect(missing).toEqual([]);
  });

  it("notices imports that go up or across", async () => {
    const folder = await temporaryFolder({
      "src/model/a.ts": 'import { b } from "../runtime/b.ts";\nconsole.log(b);\n',
      "src/model/c.ts": 'import { readFileSync } from "node:fs";\nconsole.log(readFileSync);\n',
      "src/runtime/b.ts": 'import { d } from "../main/d.ts";\nconsole.log(d);\n',
      "src/runtime/kernel/e.ts": 'import { f } from "../services/sqs/f.ts";\nconsole.log(f);\n',
      "src/runtime/services/sqs/f.ts": 'import { g } from "../lambda/g.ts";\nconsole.log(g);\n',
      "src/runtime/services/sqs/operations/h.ts": 'import { g } from "../../lambda/g.ts";\nconsole.log(g);\n',
      "src/runtime/services/lambda/g.ts": 'import { i } from "../../gateway/i.ts";\nconsole.log(i);\n',
      "src/main/d.ts": 'import { j } from "../runtime/kernel/j.ts";\nconsole.log(j);\n',
      "src/renderer/k.ts": 'import { l } from "../runtime/index.ts";\nconsole.log(l);\n',
      "src/renderer/m.ts": 'import { n } from "../main/n.ts";\nconsole.log(n);\n',
      "src/renderer/ok.ts":
        'import { o } from "../runtime/services/definitions.ts";\nimport { p } from "../model/p.ts";\nconsole.log(o, p);\n',
    });
    cpSync(path.join(root, "oxlint.config.ts"), path.join(folder, "oxlint.config.ts"));
    symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"));
    const found = lintedFiles(folder);
    expect(found).toEqual([
      "src/main/d.ts",
      "src/model/a.ts",
      "src/model/c.ts",
      "src/renderer/k.ts",
      "src/renderer/m.ts",
      "src/runtime/b.ts",
      "src/runtime/kernel/e.ts",
      "src/runtime/services/lambda/g.ts",
      "src/runtime/services/sqs/f.ts",
      "src/runtime/services/sqs/operations/h.ts",
    ]);
  });

  it("of a service that new-service makes is whole, type-checks and answers", async () => {
    const folder = await temporaryFolder();
    for (const part of ["src/model", "src/runtime", "tests/model", "tests/support", "resources/icons", "package.json", "tsconfig.json"])
      cpSync(path.join(root, part), path.join(folder, part), { recursive: true });
    symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"));

    createService({ root: folder, id: "parcels", title: "Amazon Parcels", type: "AWS::Parcels::Depot" });

    expect(lacking(folder, "parcels")).toEqual([]);
    const node = path.join(root, "scripts/node.mjs");
    const run = (...args: string[]): string =>
      execFileSync(process.execPath, [node, ...args], { cwd: folder, encoding: "utf8", env: { ...process.env, NO_COLOR: "1" } });
    run("tsc", "-p", "tsconfig.json", "--singleThreaded");
    expect(run("vitest", "run", "--root", folder, "tests/services/parcels")).toMatch(/1 passed/);
  });
});

function lintedFiles(folder: string): string[] {
  try {
    execFileSync(process.execPath, [path.join(root, "scripts/node.mjs"), "oxlint", "--format", "json"], { cwd: folder, encoding: "utf8" });
    return [];
  } catch (error) {
    const { diagnostics } = JSON.parse((error as { stdout: string }).stdout) as {
      diagnostics: readonly { filename: string; code: string }[];
    };
    return [
      ...new Set(
        diagnostics
          .filter((found) => found.code.includes("no-restricted-imports"))
          .map((found) => found.filename.split(path.sep).join("/")),
      ),
    ].toSorted();
  }
}
