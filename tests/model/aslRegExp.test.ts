import fc from "fast-check";
import { expect, test } from "vitest";
import { BoundedRegExp } from "../../src/model/asl/boundedRegExp.ts";

/** What a pattern finds in a text, made so long that the steps are counted. */
function counted(pattern: RegExp, text: string): unknown {
  const match = new BoundedRegExp(pattern, () => undefined).exec(text);
  return match === null ? null : { groups: [...match], index: match.index };
}

function native(pattern: RegExp, text: string): unknown {
  const match = pattern.exec(text);
  return match === null ? null : { groups: [...match], index: match.index };
}

// a repetition within a repetition is never left to JavaScript
const guard = "(?:(?:z?)*)";

test.each([
  [/(a|b)*c/, "ababc"],
  [/^(\w+)\s(\w+)$/, "John Smith"],
  [/(x(y)?)+/, "xyxxy"],
  [/(?:ab){2,3}?/, "abababab"],
  [/(\d+)-(?=\d)/, "a12-3"],
  [/(?<=\$)(\d+)/, "$45"],
  [/(?<!\$)\b(\d+)/, "$45 67"],
  [/(a)(b)?\1/, "aba aa"],
  [/\bfoo(bar)*\b/i, "a FOObarBAR x"],
  [/^\s*(#.*)?$/m, "x\n  # c\ny"],
  [/(y)((a+)?(b+)?(c))*/, "yaacbbbcac"],
  [/[^,\]]+(,|$)/, "]A,b"],
  [/\x41\u0042[\x30-9]{2,}/, "..AB12"],
  [/a{,2}b}/, "a{,2}b}"],
  [/.$/, "ab\n"],
])("%s is matched as JavaScript matches it", (pattern, text) => {
  const guarded = new RegExp(
    pattern.source.startsWith("^") ? `^${guard}${pattern.source.slice(1)}` : guard + pattern.source,
    pattern.flags,
  );
  expect(counted(guarded, text)).toEqual(native(guarded, text));
  expect(counted(pattern, text)).toEqual(native(pattern, text));
});

test("whatever the pattern, the match is JavaScript's", () => {
  const atom = fc.constantFrom("a", "b", "[ab]", ".", "(a)", "(?:b)", "(a|b)", "(ab?)", "(?=a)", "(?!b)", "\\w", "^", "$", "\\b");
  const piece = fc
    .tuple(atom, fc.constantFrom("", "*", "+", "?", "{1,2}", "*?", "+?"))
    .map(([one, times]) => (/^(?:\^|\$|\\b|\(\?[=!])/.test(one) ? one : one + times));
  const pattern = fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces) => `${guard}${pieces.join("")}`);
  fc.assert(
    fc.property(pattern, fc.string({ unit: fc.constantFrom("a", "b", " "), maxLength: 8 }), (source, text) => {
      expect(counted(new RegExp(source), text)).toEqual(native(new RegExp(source), text));
    }),
  );
});

test("steps are asked for, and refused steps end the match", () => {
  let left = 10_000;
  const spend = (steps: number): void => {
    left -= steps;
    if (left < 0) throw new Error("no steps left");
  };
  expect(() => new BoundedRegExp(/^(a+)+$/, spend).exec(`${"a".repeat(50)}!`)).toThrow("no steps left");
  left = 10_000;
  expect(() => new BoundedRegExp(/a*a*a*a*a*b/, spend).exec("a".repeat(5_000))).toThrow("no steps left");
});
