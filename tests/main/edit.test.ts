import { lstat, mkdir, readFile, readdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { unifiedDiff } from "../../src/main/commands/lineDiff.ts";
import { ended } from "../support/contrail.ts";
import { temporaryFolder } from "../support/folder.ts";

const template = `# Orders, as the shop takes them.
Transform: AWS::Serverless-2016-10-31

Resources:
  Jobs:   # never more than a day
    Type: AWS::SQS::Queue
    Properties: { VisibilityTimeout: 30 }   # seconds

  Work:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: "src/"
      Handler: work.handler
      Runtime: nodejs24.x
`;

async function edited(command: unknown, options: readonly string[] = [], text = template) {
  const folder = await temporaryFolder({ "template.yaml": text });
  const result = await ended(["edit", path.join(folder, "template.yaml"), JSON.stringify(command), ...options]);
  return { ...result, after: await readFile(path.join(folder, "template.yaml"), "utf8"), files: await readdir(folder) };
}

describe("contrail edit", () => {
  it("changes only the lines that the command concerns, and prints them as a difference", async () => {
    const { code, stdout, after, files } = await edited({ type: "setProperty", id: "Work", path: "Properties.Timeout", value: 10 });
    expect(after).toBe(`${template}      Timeout: 10\n`);
    expect(stdout).toBe(
      '--- template.yaml\n+++ template.yaml\n@@ -12,3 +12,4 @@\n       CodeUri: "src/"\n       Handler: work.handler\n       Runtime: nodejs24.x\n+      Timeout: 10\n',
    );
    expect(code).toBe(0);
    expect(files).toEqual(["template.yaml"]);
  });

  it.each([
    [
      "add",
      { type: "add", id: "Orders", resourceType: "AWS::Serverless::SimpleTable" },
      "+  Orders:\n+    Type: AWS::Serverless::SimpleTable\n",
    ],
    ["remove", { type: "remove", ids: ["Work"] }, "-  Work:\n"],
    ["rename", { type: "rename", id: "Jobs", newId: "Tasks" }, "+  Tasks:   # never more than a day\n"],
    ["connect", { type: "connect", from: "Jobs", to: "Work", rule: "sqs-trigger" }, "+          Type: SQS\n"],
    ["setProperty without a value", { type: "setProperty", id: "Work", path: "Properties.Runtime" }, "-      Runtime: nodejs24.x\n"],
  ])("does %s", async (_name, command, line) => {
    const { code, stdout, stderr } = await edited(command);
    expect(stderr).toBe("");
    expect(stdout).toContain(line);
    expect(code).toBe(0);
  });

  it("disconnects what it connected, to the byte", async () => {
    const { after } = await edited([
      { type: "connect", from: "Jobs", to: "Work", rule: "sqs-trigger" },
      { type: "disconnect", connection: "Jobs>Work:trigger:Jobs" },
    ]);
    expect(after).toBe(template);
  });

  it("does a list of commands, from stdin too, in one write or not at all", async () => {
    const folder = await temporaryFolder({ "template.yaml": template });
    const file = path.join(folder, "template.yaml");
    const good = [
      { type: "rename", id: "Jobs", newId: "Tasks" },
      { type: "setProperty", id: "Tasks", path: "Properties.VisibilityTimeout", value: 60 },
    ];
    expect(await ended(["edit", file, "-"], JSON.stringify(good))).toMatchObject({ code: 0, stderr: "" });
    const once = await readFile(file, "utf8");
    expect(once).toBe(template.replace("Jobs:", "Tasks:").replace("VisibilityTimeout: 30", "VisibilityTimeout: 60"));

    const half = await ended([
      "edit",
      file,
      JSON.stringify([
        { type: "rename", id: "Tasks", newId: "Chores" },
        { type: "remove", ids: ["Nowhere"] },
      ]),
    ]);
    expect(half.code).toBe(1);
    expect(half.stderr).toMatch(/Command 2: .*Nowhere/);
    expect(await readFile(file, "utf8")).toBe(once);
  });

  it("shows with --dry-run, and says in one line with --json", async () => {
    const command = { type: "setProperty", id: "Work", path: "Properties.Timeout", value: 10 };
    const dry = await edited(command, ["--dry-run"]);
    expect(dry.stdout).toContain("+      Timeout: 10");
    expect(dry.after).toBe(template);
    const json = await edited(command, ["--json"]);
    expect(JSON.parse(json.stdout)).toEqual({ file: "template.yaml", isChanged: true, isWritten: true, diff: dry.stdout.trimEnd() });
    const failed = await edited({ type: "remove", ids: ["Nowhere"] }, ["--json"]);
    expect(JSON.parse(failed.stdout)).toEqual({ error: expect.stringContaining("Nowhere") });
    expect(failed.code).toBe(1);
    const same = await edited({ type: "setProperty", id: "Jobs", path: "Properties.VisibilityTimeout", value: 30 });
    expect(same).toMatchObject({ code: 0, stdout: "template.yaml is that way already.\n", after: template });
  });

  it.each([
    ["no JSON", "{ type", /not JSON/],
    ["no map", '"add"', /it is "add", not a map/],
    ["no type", "{}", /no "type" \(add, remove/],
    ["a type that is none", '{"type":"paint"}', /no command "paint", only add/],
    ["a member too few", '{"type":"rename","id":"Jobs"}', /rename needs "newId"/],
    ["a member too many", '{"type":"remove","ids":["Jobs"],"id":"Jobs"}', /remove takes no id/],
    ["a member of another kind", '{"type":"remove","ids":"Jobs"}', /"ids": .*array/],
    ["the second of a list", '[{"type":"remove","ids":["Jobs"]},{"type":"add"}]', /Command 2 .*add needs "id"/],
  ])("says what is wrong about a command: %s", async (_name, written, message) => {
    const folder = await temporaryFolder({ "template.yaml": template });
    const { code, stderr } = await ended(["edit", folder, written]);
    expect(stderr).toMatch(message);
    expect(stderr).toContain("contrail edit --help");
    expect(code).toBe(1);
    expect(await readFile(path.join(folder, "template.yaml"), "utf8")).toBe(template);
  });

  it("names the rules and connections that there are", async () => {
    expect((await edited({ type: "connect", from: "Jobs", to: "Work", rule: "x" })).stderr).toMatch(/Rules for these two: sqs-trigger \(/);
    expect((await edited({ type: "disconnect", connection: "x" })).stderr).toMatch(/Connections are none/);
    const help = await ended(["edit", "--help"]);
    for (const type of ["add", "remove", "rename", "connect", "disconnect", "setProperty"])
      expect(help.stdout).toContain(`{"type":"${type}"`);
  });

  it("leaves a file alone that does not parse, or is not UTF-8", async () => {
    const command = { type: "remove", ids: ["Jobs"] };
    const broken = await edited(command, [], "Resources:\n  Jobs: [\n");
    expect(broken.stderr).toMatch(/^template\.yaml:\d+:\d+ error [^]*does not parse, so it stays as it is/);
    expect(broken.code).toBe(1);
    const folder = await temporaryFolder({});
    const latin = Buffer.from(template.replace("shop", "caf\u00e9"), "latin1");
    await writeFile(path.join(folder, "template.yaml"), latin);
    expect(await ended(["edit", folder, JSON.stringify(command)])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("not UTF-8"),
    });
    expect(await readFile(path.join(folder, "template.yaml"))).toEqual(latin);
  });

  it("keeps byte order mark, line ends and links", async () => {
    const windows = `\uFEFF${template.replaceAll("\n", "\r\n")}`;
    const folder = await temporaryFolder({ "real.yaml": windows });
    await symlink("real.yaml", path.join(folder, "template.yaml"));
    const command = { type: "setProperty", id: "Work", path: "Properties.Timeout", value: 10 };
    expect(await ended(["edit", path.join(folder, "template.yaml"), JSON.stringify(command)])).toMatchObject({ code: 0 });
    expect(await readFile(path.join(folder, "real.yaml"), "utf8")).toBe(`${windows}      Timeout: 10\r\n`);
    expect((await lstat(path.join(folder, "template.yaml"))).isSymbolicLink()).toBe(true);
  });

  it("writes the template around a single state machine with its first change", async () => {
    const folder = await temporaryFolder({});
    await mkdir(path.join(folder, "flows"));
    const file = path.join(folder, "flows", "ship-order.asl.json");
    await writeFile(file, '{"StartAt":"Done","States":{"Done":{"Type":"Succeed"}}}');
    await ended(["edit", file, JSON.stringify({ type: "add", id: "Jobs", resourceType: "AWS::SQS::Queue" })]);
    const written = await readFile(path.join(folder, "flows", "ship-order.template.yaml"), "utf8");
    expect(written).toContain('DefinitionUri: "ship-order.asl.json"');
    expect(written).toContain("  Jobs:\n    Type: AWS::SQS::Queue\n");
  });
});

describe("a difference of lines", () => {
  const lines = (from: number, to: number): string[] => Array.from({ length: to - from + 1 }, (_, index) => `line ${from + index}\n`);

  it("joins changes that are near, and keeps apart those that are not", () => {
    const before = lines(1, 40).join("");
    const after = before.replace("line 3\n", "").replace("line 8\n", "line 8\nmore\n").replace("line 30\n", "other\n");
    expect(
      unifiedDiff(before, after, "t")
        .split("\n")
        .filter((line) => line.startsWith("@@") || /^[-+][lmo]/.test(line)),
    ).toEqual(["@@ -1,11 +1,11 @@", "-line 3", "+more", "@@ -27,7 +27,7 @@", "-line 30", "+other"]);
  });

  it("says when the last line has no end", () => {
    expect(unifiedDiff("a\nb", "a\nb\n", "t")).toBe("--- t\n+++ t\n@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+b");
    expect(unifiedDiff("", "a\n", "t")).toBe("--- t\n+++ t\n@@ -0,0 +1,1 @@\n+a");
    expect(unifiedDiff("a\n", "a\n", "t")).toBe("");
  });
});
