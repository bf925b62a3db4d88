import fc from "fast-check";
import { expect, test } from "vitest";
import { spliced, spliceOf } from "../../src/renderer/app/stores/keptHistory.ts";

test("a text is made again from another and what tells them apart", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (start, one, other, end) => {
      const [from, to] = [start + one + end, start + other + end];
      expect(spliced(from, spliceOf(from, to))).toBe(to);
    }),
  );
});

test("only what differs is kept", () => {
  expect(spliceOf("Resources:\n  Orders:\n", "Resources:\n  Bills:\n")).toEqual([13, 5, "Bill"]);
});
