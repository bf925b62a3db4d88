import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { applyCommand } from "../../src/model/design/applyCommand.ts";
import { deriveDesign } from "../../src/model/design/derive.ts";
import type { DesignCommand } from "../../src/model/design/design.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";
import { isJsonObject } from "../../src/model/json.ts";
import type { TemplateDocument } from "../../src/model/template/document.ts";
import { isSame } from "../../src/model/template/jsonEdit.ts";
import { parseTemplate } from "../../src/model/template/parseTemplate.ts";
import { definitionOf } from "../../src/runtime/services/definitions.ts";
import { afterGesture, type Gesture, gestures } from "../support/gestures.ts";

// Commands of the Studio on templates as people write them: whatever is done, the bytes of all else stay.

const written = readFileSync(path.join(import.meta.dirname, "templates/everyStyle.yaml"), "utf8");
const examples = readdirSync("resources/examples").map((name) => readFileSync(`resources/examples/${name}/template.yaml`, "utf8"));
const goldens = readdirSync(path.join(import.meta.dirname, "sam"))
  .filter((name) => name.endsWith(".yaml"))
  .map((name) => readFileSync(path.join(import.meta.dirname, "sam", name), "utf8"))
  .filter((text) => parseTemplate(text, "template.yaml").problems.length === 0);

interface Source {
  readonly text: string;
  readonly path: string;
}

const yaml = fc.oneof({ weight: 2, arbitrary: fc.constant(written) }, fc.constantFrom(...examples), fc.constantFrom(...goldens));
const source: fc.Arbitrary<Source> = fc.oneof(
  { weight: 3, arbitrary: yaml.map((text) => ({ text, path: "template.yaml" })) },
  yaml.map((text) => ({ text: text.replaceAll("\n", "\r\n"), path: "template.yaml" })),
  yaml.map((text) => ({ text: `\uFEFF${text}`, path: "template.yaml" })),
  // A mark and the other line ends together, without a last line break.
  yaml.map((text) => ({ text: `\uFEFF${text.trimEnd().replaceAll("\n", "\r\n")}`, path: "template.yaml" })),
  fc
    .tuple(yaml, fc.constantFrom(0, 2, 4, "\t"))
    .map(([text, indent]) => ({ text: JSON.stringify(parseTemplate(text, "template.yaml").value, null, indent), path: "template.json" })),
);
const any = gestures("add", "remove", "rename", "connect", "connect", "disconnect", "setProperty", "setProperty");

/** Runs gestures one after the other and looks at each step. */
function eachStep(
  { text, path: file }: Source,
  all: readonly Gesture[],
  look: (before: TemplateDocument, after: TemplateDocument, command: DesignCommand) => void,
): void {
  let document = parseTemplate(text, file);
  for (const gesture of all) {
    const outcome = afterGesture(document, gesture);
    if (outcome === undefined || outcome.after === document) continue;
    look(document, outcome.after, outcome.command);
    document = outcome.after;
  }
}

function check(runs: number, look: (before: TemplateDocument, after: TemplateDocument, command: DesignCommand) => void): void {
  fc.assert(
    fc.property(source, fc.array(any, { minLength: 1, maxLength: 6 }), (from, all) => eachStep(from, all, look)),
    { numRuns: runs },
  );
}

test("what was read before an edit is what reading the whole gives: value, problems, places, design", () => {
  check(60, (_before, after) => {
    const whole = parseTemplate(after.text, after.path);
    expect(after.problems).toEqual(whole.problems);
    expect(after.value).toEqual(whole.value);
    for (const id of Object.keys(sectionOf(whole, "Resources"))) {
      const place = ["Resources", id, "Properties"];
      expect(after.rangeOf(place)).toEqual(whole.rangeOf(place));
    }
    expect(deriveDesign(after, { definitionOf })).toEqual(deriveDesign(whole, { definitionOf }));
  });
});

test("values that stay keep their very text, comments inside them too", () => {
  let compared = 0;
  const seen = new Set<string>();
  check(150, (before, after, command) => {
    seen.add(command.type);
    visit(before.value, after.value, [], (place) => {
      const [old, fresh] = [textAt(before, place), textAt(after, place)];
      // What aliases stood for is written out where an edit would have changed it for others too.
      if (old === undefined || fresh === undefined || /[&*]\w|<</.test(old)) return;
      compared += 1;
      if (old !== fresh) expect.fail(`${place.join(".")} after ${JSON.stringify(command)}:\n${old}\n---\n${fresh}`);
    });
  });
  expect(compared).toBeGreaterThan(1_000);
  expect([...seen].sort()).toEqual(["add", "connect", "disconnect", "remove", "rename", "setProperty"]);
});

test("adding takes no line away, but where a line gets a neighbour", () => {
  check(150, (before, after, command) => {
    if (command.type !== "add") return;
    const gone = linesGone(before.text, after.text);
    const allowed = /^\s*("?Resources"?|"?Properties"?): ?\{\}|^[}\]",\s]*$|["}\]\w]$|^\{.*\}$/;
    expect(gone.filter((line) => !allowed.test(line))).toEqual([]);
    if (after.format === "yaml") expect(gone.length).toBeLessThanOrEqual(1);
  });
});

test("comments go only with what they stand at", () => {
  check(150, (before, after, command) => {
    if (before.format === "json" || command.type === "remove" || command.type === "disconnect") return;
    if (command.type === "setProperty" && command.value === undefined) return;
    const left = countOf(commentsIn(after.text));
    for (const [comment, times] of countOf(commentsIn(before.text))) expect(left.get(comment) ?? 0, comment).toBeGreaterThanOrEqual(times);
  });
});

test("a single policy that becomes a list of two keeps its text", () => {
  const policies = [
    "      Policies: # one",
    "        SQSPollerPolicy:",
    "          QueueName: q",
    "",
    "          # kept",
    "          Extra: 1 # too",
  ];
  const text = `Transform: AWS::Serverless-2016-10-31
Resources:
  Work:
    Type: AWS::Serverless::Function
    Properties:
      Handler: a.b
      Runtime: nodejs24.x
      CodeUri: src
${policies.join("\n")}
  Items: { Type: AWS::Serverless::SimpleTable }
`;
  const after = applyCommand(
    parseTemplate(text, "template.yaml"),
    { type: "connect", from: "Work", to: "Items", rule: "table-access" },
    { definitionOf },
  );
  expect(after.text).toContain(
    "      Policies: # one\n        - SQSPollerPolicy:\n            QueueName: q\n\n            # kept\n            Extra: 1 # too\n        - DynamoDB",
  );
});

test("line ends, byte order mark and the end of the file stay", () => {
  check(150, (before, after, command) => {
    expect(after.text.startsWith("\uFEFF")).toBe(before.text.startsWith("\uFEFF"));
    if (before.text.includes("\r\n")) expect(after.text.replaceAll("\r\n", ""), JSON.stringify(command)).not.toMatch(/[\r\n]/);
    else expect(after.text).not.toContain("\r");
    if (before.text.endsWith("\n")) expect(after.text.endsWith("\n")).toBe(true);
  });
});

test("undo is the document before, to the byte, and redo the one after", () => {
  fc.assert(
    fc.property(source, fc.array(any, { minLength: 2, maxLength: 8 }), (from, all) => {
      const history: { readonly document: TemplateDocument; readonly text: string }[] = [];
      eachStep(from, all, (before) => history.push({ document: before, text: before.text }));
      expect(history[0]?.text ?? from.text).toBe(from.text);
      for (const { document, text } of history.toReversed()) {
        expect(document.text).toBe(text);
        expect(parseTemplate(text, document.path).value).toEqual(document.value);
      }
    }),
    { numRuns: 60 },
  );
});

test("a command about what a loop makes says where it is made", () => {
  const document = parseTemplate(written, "template.yaml");
  const refused = (command: DesignCommand): unknown =>
    expect(() => applyCommand(document, command, { definitionOf })).toThrow("Fn::ForEach::Countries");
  refused({ type: "setProperty", id: "QueueDe", path: "Properties.DelaySeconds", value: 3 });
  refused({ type: "remove", ids: ["QueueFr"] });
  refused({ type: "rename", id: "QueueFr", newId: "Paris" });
  refused({ type: "add", id: "QueueFr", resourceType: "AWS::SQS::Queue", properties: {} });
});

test("opening never changes a byte", () => {
  fc.assert(
    fc.property(source, (from) => {
      const document = parseTemplate(from.text, from.path);
      expect(document.text).toBe(from.text);
      expect(document.edit([]).text).toBe(from.text);
      const [id] = Object.keys(sectionOf(document, "Resources"));
      const same = id === undefined ? undefined : document.value["Resources"];
      if (same !== undefined) expect(document.edit([{ type: "set", path: ["Resources"], value: same }]).text).toBe(from.text);
    }),
  );
});

function sectionOf(document: TemplateDocument, name: string): JsonObject {
  const section = document.value[name];
  return isJsonObject(section) ? section : {};
}

/** The widest places whose values are equal in both. Lists count where only their end differs. */
function visit(
  before: Json | undefined,
  after: Json | undefined,
  place: readonly (string | number)[],
  found: (place: readonly (string | number)[]) => void,
): void {
  if (before === undefined || after === undefined) return;
  if (isSame(before, after)) {
    found(place);
    return;
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    const isPrefix = before.slice(0, after.length).every((item, index) => isSame(item, after[index]));
    if (isPrefix || before.length === after.length) before.forEach((item, index) => visit(item, after[index], [...place, index], found));
  } else if (isJsonObject(before) && isJsonObject(after)) {
    for (const [key, value] of Object.entries(before)) visit(value, after[key], [...place, key], found);
  }
}

function textAt(document: TemplateDocument, place: readonly (string | number)[]): string | undefined {
  // The parts of `!GetAtt Queue.Arn` stand in one word.
  if (place.at(-2) === "Fn::GetAtt") return undefined;
  const range = document.rangeOf(place, "value");
  return range && document.text.slice(range.start.offset, range.end.offset);
}

function linesGone(before: string, after: string): string[] {
  const linesOf = (text: string): string[] => text.replace("\uFEFF", "").split(/\r?\n/);
  const left = countOf(linesOf(after));
  return linesOf(before).filter((line) => {
    const times = left.get(line) ?? 0;
    left.set(line, times - 1);
    return times <= 0;
  });
}

function commentsIn(text: string): string[] {
  return [...text.matchAll(/(?:^|\s)(# .*)$/gm)].map((match) => match[1]?.trimEnd() ?? "");
}

function countOf(items: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return counts;
}
