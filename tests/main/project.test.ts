import { mkdir, readFile, readdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { copyProject } from "../../src/main/project/copy.ts";
import { readProjectFile, renameProjectFile, writeProjectFile } from "../../src/main/project/files.ts";
import { locateProject } from "../../src/main/project/locate.ts";
import { readProject, stackNameFor, writeCanvas } from "../../src/main/project/project.ts";
import { temporaryFolder } from "../support/folder.ts";

const template = "Resources: {}\n";

describe("files of a project", () => {
  it("are never read or written outside the folder", async () => {
    const folder = await temporaryFolder({ "project/template.yaml": template, "secret.txt": "secret" });
    const project = path.join(folder, "project");
    await symlink(path.join(folder, "secret.txt"), path.join(project, "link.txt"));
    await symlink(folder, path.join(project, "up"));

    for (const outside of [
      "../secret.txt",
      "/etc/passwd",
      "a/../../secret.txt",
      "link.txt",
      "up/secret.txt",
      "up/new.txt",
      "C:\\secret.txt",
      "a\0b",
    ]) {
      await expect(readProjectFile(project, outside), outside).rejects.toMatchObject({ code: "outside-project" });
      await expect(writeProjectFile(project, outside, "x", null), outside).rejects.toMatchObject({ code: "outside-project" });
    }
    expect(await readFile(path.join(folder, "secret.txt"), "utf8")).toBe("secret");
  });

  it("are not overwritten when someone else changed them", async () => {
    const project = await temporaryFolder({ "handler.ts": "one" });
    const read = await readProjectFile(project, "handler.ts");
    await writeFile(path.join(project, "handler.ts"), "theirs");

    await expect(writeProjectFile(project, "handler.ts", "mine", read.version)).rejects.toMatchObject({ code: "conflict" });

    expect(await readFile(path.join(project, "handler.ts"), "utf8")).toBe("theirs");
  });

  it("are written whole, leaving nothing beside them", async () => {
    const project = await temporaryFolder({ "handler.ts": "one" });
    const read = await readProjectFile(project, "handler.ts");

    const written = await writeProjectFile(project, "handler.ts", "two", read.version);

    expect(await readProjectFile(project, "handler.ts")).toMatchObject({ text: "two", version: written.version });
    expect(await readdir(project)).toEqual(["handler.ts"]);
  });

  it("do not replace one another by a rename", async () => {
    const project = await temporaryFolder({ "a.ts": "a", "b.ts": "b" });
    await expect(renameProjectFile(project, "a.ts", "b.ts")).rejects.toMatchObject({ code: "exists" });
    await renameProjectFile(project, "a.ts", "deep/c.ts");
    expect((await readProjectFile(project, "deep/c.ts")).text).toBe("a");
  });

  it("with bytes that are no text are not shown as text", async () => {
    const project = await temporaryFolder();
    await writeFile(path.join(project, "picture.png"), Buffer.from([0x89, 0x50, 0, 1, 2]));
    expect(await readProjectFile(project, "picture.png")).toMatchObject({ isBinary: true, text: "" });
  });
});

describe("a project", () => {
  it("is found by its template's usual names, and by a template named outright", async () => {
    const folder = await temporaryFolder({ "template.yml": template, "other/stack.yaml": template });
    expect(await locateProject(folder)).toEqual({ directory: folder, templatePath: "template.yml", target: folder });
    expect(await locateProject(path.join(folder, "other/stack.yaml"))).toEqual({
      directory: path.join(folder, "other"),
      templatePath: "stack.yaml",
      target: path.join(folder, "other/stack.yaml"),
    });
    await expect(locateProject(path.join(folder, "other"))).rejects.toMatchObject({ code: "no-template" });
    await expect(locateProject(path.join(folder, "nowhere"))).rejects.toMatchObject({ code: "not-found" });
  });

  it("is opened without writing anything", async () => {
    const folder = await temporaryFolder({ "template.yaml": template, "src/a.ts": "export {}", "node_modules/x/index.js": "" });
    const project = await readProject(await locateProject(folder));
    expect(project.files.map((file) => file.path)).toEqual(["src", "src/a.ts", "template.yaml"]);
    expect((await readdir(folder)).toSorted()).toEqual(["node_modules", "src", "template.yaml"]);
  });

  it("with a broken canvas file opens with a problem, and the broken file is kept", async () => {
    const folder = await temporaryFolder({ "template.yaml": template, ".contrail/canvas.json": "{ not json" });
    const project = await readProject(await locateProject(folder));
    expect(project.canvasProblem).toMatchObject({ rule: "canvas.unreadable", file: ".contrail/canvas.json" });

    await writeCanvas(folder, { version: 1, nodes: { B: { x: 2.4, y: 1 }, A: { x: 0, y: 0 } }, notes: [] });

    const kept = (await readdir(path.join(folder, ".contrail"))).find((name) => name.startsWith("canvas.unreadable-"));
    expect(await readFile(path.join(folder, ".contrail", kept ?? ""), "utf8")).toBe("{ not json");
    expect(JSON.parse(await readFile(path.join(folder, ".contrail/canvas.json"), "utf8"))).toEqual({
      version: 1,
      nodes: { A: { x: 0, y: 0 }, B: { x: 2, y: 1 } },
      notes: [],
    });
  });

  it("shows the branch it is on", async () => {
    const folder = await temporaryFolder({ "template.yaml": template });
    await mkdir(path.join(folder, ".git"));
    await writeFile(path.join(folder, ".git/HEAD"), "ref: refs/heads/feature/carts\n");
    expect((await readProject(await locateProject(folder))).branch).toBe("feature/carts");
  });

  it("lends its folder's name to the stack, as far as CloudFormation allows", () => {
    expect(stackNameFor("/home/me/orders")).toBe("orders");
    expect(stackNameFor("/home/me/2 Große Läden_v1")).toBe("Gro-e-L-den-v1");
    expect(stackNameFor("/home/me/123")).toBe("stack");
  });
});

describe("a project saved as another", () => {
  it("is copied whole, but for what it was run with, and never over something else", async () => {
    const folder = await temporaryFolder({
      "shop/template.yaml": template,
      "shop/.contrail/canvas.json": "{}",
      "shop/.contrail/data/account.db": "x",
      "taken/a": "",
    });
    const shop = path.join(folder, "shop");

    await copyProject(shop, path.join(folder, "copy"));

    expect((await readdir(path.join(folder, "copy"), { recursive: true })).toSorted()).toEqual([
      ".contrail",
      path.join(".contrail", "canvas.json"),
      "template.yaml",
    ]);
    await expect(copyProject(shop, path.join(folder, "taken"))).rejects.toMatchObject({ code: "exists" });
    await expect(copyProject(shop, path.join(shop, "inside"))).rejects.toMatchObject({ code: "inside-project" });
  });
});
