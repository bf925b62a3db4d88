import * as fc from "fast-check";
import { expect, test } from "vitest";
import { lineEdits, linesIn, withEndingsOf } from "../../src/renderer/editors/textEdits.ts";

function applied(before: readonly string[], after: readonly string[]): string[] {
  const lines = [...before];
  for (const edit of lineEdits(before, after).toReversed()) lines.splice(edit.from, edit.to - edit.from, ...edit.lines);
  return lines;
}

test("a change in two places leaves the lines between them alone", () => {
  const before = ["Resources:", "  A:", "    Ref: Old", "  B:", "    Ref: Old"];
  const after = ["Resources:", "  A:", "    Ref: New", "  B:", "    Ref: New"];
  expect(lineEdits(before, after)).toEqual([
    { from: 2, to: 3, lines: ["    Ref: New"] },
    { from: 4, to: 5, lines: ["    Ref: New"] },
  ]);
});

test("equal texts need no edit", () => {
  expect(lineEdits(["a", "b"], ["a", "b"])).toEqual([]);
});

test("applying the edits always gives the newer text", () => {
  const text = fc.array(fc.constantFrom("a", "b", "c", ""), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(text, text, (before, after) => {
      expect(applied(before, after)).toEqual(after);
    }),
  );
});

test("lines that nobody touched keep their endings, and the byte order mark stays", () => {
  const before = "\uFEFFa: 1\r\nb: 2\nc: 3\r\n";
  expect(withEndingsOf(before, ["a: 1", "b: 9", "c: 3", ""], "\r\n")).toBe("\uFEFFa: 1\r\nb: 9\nc: 3\r\n");
  expect(withEndingsOf(before, ["a: 1", "b: 2", "new: 0", "c: 3", ""], "\r\n")).toBe("\uFEFFa: 1\r\nb: 2\nnew: 0\r\nc: 3\r\n");
});

test("what an editor shows unchanged is the same text", () => {
  const part = fc.constantFrom("a", "b", "", "\n", "\r\n", "\r");
  const text = fc.tuple(fc.constantFrom("", "\uFEFF"), fc.array(part, { maxLength: 12 })).map(([mark, parts]) => mark + parts.join(""));
  fc.assert(
    fc.property(text, fc.constantFrom("\n", "\r\n"), (before, ending) => {
      expect(withEndingsOf(before, linesIn(before), ending)).toBe(before);
    }),
  );
});
