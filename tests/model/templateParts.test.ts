import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readSource, type Source } from "../../src/model/template/source.ts";
import { readInParts } from "../../src/model/template/sourceParts.ts";

const folder = path.join(import.meta.dirname, "sam");
const templates = readdirSync(folder)
  .filter((name) => name.endsWith(".yaml"))
  .map((name) => readFileSync(path.join(folder, name), "utf8"));

/** The tree as plain data, without the note which entries were read alone. */
function withoutParts(source: Source): unknown {
  return JSON.parse(JSON.stringify(source, (key, value: unknown) => (key === "part" ? undefined : value)));
}

/** Reads in parts, starting from what is known of another text; everything must be as when read at once. */
function expectSame(text: string, before?: string): void {
  const known = before === undefined ? undefined : readInParts(before, undefined, 0).parts;
  const { parts: _, ...source } = readInParts(text, known, 0);
  expect(withoutParts(source)).toEqual(withoutParts(readSource(text)));
}

describe("a template read in parts is the same as read at once", () => {
  test("every golden template, with either line end", () => {
    for (const text of templates) {
      expectSame(text);
      expectSame(text.replaceAll("\n", "\r\n"));
    }
    expect(templates.filter((text) => readInParts(text, undefined, 0).parts.list.length > 3).length).toBeGreaterThan(templates.length / 2);
  });

  test.each([
    "A: 1\nB: &x {c: 1}\nC: *x\n",
    "Resources:\n  A:\n  - 1\n  - 2\n  B: |\n    text\n\n    more\n  # comment\n\n  C: >-\n    folded\n\nOutputs: {}\n",
    "Resources:\n  A: 'one\n    two'\n  B: [1,\n    2]\n",
    "Resources:\n  A: |+\n    kept\n\n\n  B: 1\n",
    "# head\n---\nA: 1\n",
    "A:\n    B: 1\n  C: 2\n",
    "\uFEFFA: 1\nB: 2\n",
    "? A\n: 1\nB: 2\n",
    "A: 1\nA\n",
    'A: "open\nB: close"\n',
    "Resources:\n\tA: 1\n",
    "Resources:\n  A: 1\n  A: 2\n",
    "Resources:\n  # nothing\n",
    "A: 1\n...\nB: 2\n",
    "Resources:#x\n  A: 1\n",
    "Resources:  # x\n  A: 1\n",
    "# head\n  A:\n    B: 1\nC: 2\n",
    "Resources:\n    A: 1\n  B: 2\n",
    "A: a\n  b\nB:\n  C: d\n  e\n",
    "",
  ])("%j", (text) => expectSame(text));

  test("after any change of a few characters", () => {
    const template = fc.constantFrom(...templates);
    const insert = fc.constantFrom(
      "",
      " ",
      "\n",
      "  ",
      "x",
      ":",
      "- ",
      "#",
      '"',
      "'",
      "{",
      "|",
      "\n  New:\n    Type: A::B::C\n",
      "&a ",
      "*a",
      "---\n",
      "\t",
    );
    fc.assert(
      fc.property(template, fc.nat(), fc.nat({ max: 30 }), insert, (text, at, length, inserted) => {
        const start = at % (text.length + 1);
        expectSame(text.slice(0, start) + inserted + text.slice(start + length), text);
      }),
      { numRuns: 400 },
    );
  });
});
