import * as fc from "fast-check";
import { expect, test } from "vitest";
import { mergeTexts } from "../../src/renderer/editors/mergeTexts.ts";

const base = "Resources:\n  Jobs:\n    Type: AWS::SQS::Queue\n    Properties:\n      DelaySeconds: 1\n  Log:\n    Type: AWS::S3::Bucket\n";

test("changes of different lines come together", () => {
  const mine = base.replace("DelaySeconds: 1", "DelaySeconds: 9");
  const theirs = `# shared\n${base}  More:\n    Type: AWS::SNS::Topic\n`;
  expect(mergeTexts(base, mine, theirs)).toBe(theirs.replace("DelaySeconds: 1", "DelaySeconds: 9"));
});

test("neighbouring lines are different lines", () => {
  const mine = base.replace("DelaySeconds: 1", "DelaySeconds: 9");
  const theirs = base.replace("  Log:", "  Archive:");
  expect(mergeTexts(base, mine, theirs)).toBe(mine.replace("  Log:", "  Archive:"));
});

test("the same line changed twice is nobody's to decide", () => {
  expect(mergeTexts(base, base.replace("DelaySeconds: 1", "DelaySeconds: 9"), base.replace("DelaySeconds: 1", "DelaySeconds: 5"))).toBe(
    null,
  );
});

test("two texts put in at the same place are a conflict, the same one is not", () => {
  expect(mergeTexts(base, `${base}# mine\n`, `${base}# theirs\n`)).toBe(null);
  expect(mergeTexts(base, `${base}# same\n`, `${base}# same\n`)).toBe(`${base}# same\n`);
});

test("line endings stay as they are", () => {
  const mixed = "a: 1\r\nb: 2\nc: 3\r\nd: 4";
  expect(mergeTexts(mixed, mixed.replace("a: 1", "a: 9"), mixed.replace("d: 4", "d: 8"))).toBe("a: 9\r\nb: 2\nc: 3\r\nd: 8");
});

test("whoever changed nothing leaves the other's text, and both sides may be exchanged", () => {
  const line = fc.constantFrom("a\n", "b\n", "c\n", "\r\n", "d\n");
  const text = fc.array(line, { maxLength: 9 }).map((lines) => lines.join(""));
  fc.assert(
    fc.property(text, text, text, (before, one, other) => {
      expect(mergeTexts(before, before, one)).toBe(one);
      expect(mergeTexts(before, one, before)).toBe(one);
      expect(mergeTexts(before, one, one)).toBe(one);
      expect(mergeTexts(before, one, other)).toBe(mergeTexts(before, other, one));
    }),
  );
});
