import * as fc from "fast-check";
import { expect, test } from "vitest";
import { lineEdits } from "../../src/renderer/editors/textEdits.ts";

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
