import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseTemplate } from "../../src/model/template/parseTemplate.ts";

function parsed(text: string, path = "template.yaml") {
  return parseTemplate(text, path);
}

/** Bytes as a generator of random numbers gives them, read as text. */
function noise(length: number, least: number): string {
  let state = 7;
  const bytes = Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.max(least, (state >> 16) & 255);
  });
  return Buffer.from(bytes).toString("latin1");
}

describe("values", () => {
  test("short intrinsics become long ones, nested too", () => {
    const { value, problems } = parsed(`
A: !Ref X
B: !GetAtt X.Outputs.Y
C: !Sub "\${A}-\${B}"
D: !If [IsProd, !Ref A, !Join ["", [a, !GetAtt B.Arn]]]
E: !Base64
  Fn::Sub: text
F: !GetAZs ""
G: !FindInMap
  - Map
  - !Ref AWS::Region
  - Key
H: !Equals [!Ref Stage, prod]
`);
    expect(problems).toEqual([]);
    expect(value).toEqual({
      A: { Ref: "X" },
      B: { "Fn::GetAtt": ["X", "Outputs.Y"] },
      C: { "Fn::Sub": "${A}-${B}" },
      D: { "Fn::If": ["IsProd", { Ref: "A" }, { "Fn::Join": ["", ["a", { "Fn::GetAtt": ["B", "Arn"] }]] }] },
      E: { "Fn::Base64": { "Fn::Sub": "text" } },
      F: { "Fn::GetAZs": "" },
      G: { "Fn::FindInMap": ["Map", { Ref: "AWS::Region" }, "Key"] },
      H: { "Fn::Equals": [{ Ref: "Stage" }, "prod"] },
    });
  });

  test("scalars are read as CloudFormation reads them", () => {
    const { value } = parsed(`[2012-10-17, 012345678901, 123456789012, yes, "yes", 1.5, ~, '', 0x10, 12:30, null, Off, 1e3]`);
    // A list is no template; what matters here is how its items are read.
    expect(value).toEqual({});
    expect(parsed("A: [2012-10-17, 012345678901, 123456789012, yes, \"yes\", 1.5, ~, '', 0x10, 12:30, null, Off, 1e3]").value.A).toEqual([
      "2012-10-17",
      "012345678901",
      123456789012,
      true,
      "yes",
      1.5,
      null,
      "",
      16,
      "12:30",
      null,
      false,
      "1e3",
    ]);
  });

  test("anchors, aliases and merge keys are applied; own keys win, earlier maps over later ones", () => {
    const { value, problems } = parsed(`
a: &a { x: 1, y: 1 }
b: &b { y: 2, z: 2 }
c:
  <<: [*a, *b]
  x: 3
d: *a
`);
    expect(problems).toEqual([]);
    expect(value.c).toEqual({ x: 3, y: 1, z: 2 });
    expect(value.d).toEqual({ x: 1, y: 1 });
  });

  test("JSON is read like YAML, whatever the file is called", () => {
    expect(parsed('\uFEFF{"Resources": {"A": {"Type": "T", "N": 1.5e2, "U": "\\u00fc\\ud83d\\ude00"}}}', "stack.template")).toMatchObject({
      format: "json",
      problems: [],
      value: { Resources: { A: { Type: "T", N: 150, U: "ü😀" } } },
    });
  });

  test("an empty file is an empty template", () => {
    for (const text of ["", "\n", "# only a comment\n", "---\n"]) expect(parsed(text)).toMatchObject({ value: {}, problems: [], text });
  });
});

describe("what is wrong is a problem with its place", () => {
  test.each([
    ["a key twice", "A: 1\nB: 2\nA: 3\n", "template.duplicate-key", 3, 1],
    ["a tab", "A:\n\tB: 1\n", "template.syntax", 2, 1],
    ["a wrong indentation", "A:\n  B: 1\n C: 2\n", "template.syntax", 3, 1],
    ["an open quote", 'A: "x\nB: 1\n', "template.syntax", 3, 1],
    ["an unknown tag", "A: !Reff X\n", "template.unknown-tag", 1, 4],
    ["an unknown alias", "A: *nowhere\n", "template.unknown-anchor", 1, 4],
    ["an alias inside its own anchor", "A: &a\n  B: *a\n", "template.cyclic-alias", 2, 6],
    ["a second document", "A: 1\n---\nB: 2\n", "template.syntax", 2, 1],
    ["a list instead of a template", "- 1\n", "template.not-a-map", 1, 1],
  ])("%s", (_title, text, rule, line, column) => {
    const document = parsed(text);
    const [problem] = document.problems;
    expect(problem).toMatchObject({ rule, severity: "error", file: "template.yaml" });
    expect([problem?.range?.start.line, problem?.range?.start.column]).toEqual([line, column]);
    // Its text stays, and no edit touches it.
    expect(document.text).toBe(text);
    expect(document.edit([{ type: "set", path: ["A"], value: 1 }]).text).toBe(text);
  });

  test("a mistake on many lines is told once, where it begins", () => {
    const deep = `A: ${"[".repeat(300)}${"]".repeat(300)}\n`;
    const laughs = `a: &a {x: 1}\n${Array.from({ length: 20 }, (_, at) => `a${at}: &a${at} { <<: *a${at ? at - 1 : ""}, k: *a${at ? at - 1 : ""}, l: *a${at ? at - 1 : ""}, m: *a${at ? at - 1 : ""} }\n`).join("")}`;
    for (const text of ["A:\n\tB: 1\n\tC: 2\n\tD: 3\n", deep, laughs]) expect(parsed(text).problems).toHaveLength(1);
  });

  test("bad JSON", () => {
    const [problem] = parsed('{\n  "A": 1,\n}', "template.json").problems;
    expect(problem).toMatchObject({ rule: "template.syntax", severity: "error" });
    expect(problem?.range?.start.line).toBe(3);
  });

  test.each([
    [
      "ten lists of ten aliases, ten deep",
      Array.from(
        { length: 10 },
        (_, level) => `a${level}: &a${level} [${level === 0 ? "x,".repeat(10) : `*a${level - 1},`.repeat(10)}]\n`,
      ).join(""),
    ],
    ["a long text for a hundred thousand aliases", `A: &a ${"x".repeat(1_000_000)}\nB: [${"*a,".repeat(100_000)}]\n`],
    ["a hundred thousand open lists", "[".repeat(100_000)],
    ["twenty thousand nested maps", "{a: ".repeat(20_000)],
    ["a thousand nested block lists", `A:\n  ${"- ".repeat(1_000)}x\n`],
    ["twenty million characters", "A: x\n".repeat(4_000_000)],
    ["two million quotes", '"'.repeat(1_990_000)],
    ["two million brackets", "[".repeat(1_990_000)],
    ["half a million anchors in a row", "&a ".repeat(600_000)],
    ["half a million aliases in a row", "*a ".repeat(600_000)],
    ["a million dashes", "- ".repeat(990_000)],
    ["a million question marks", "? ".repeat(990_000)],
    ["two million line breaks", "\n".repeat(1_990_000)],
    ["half a million directives", "%A\n".repeat(600_000)],
    ["a list of a million on one line", `A: [${"x,".repeat(990_000)}]`],
    ["half a million keys on lines that old Macs ended", "a: 1\r".repeat(390_000)],
    ["a key that is twice in each of many lines", "a: 1\n".repeat(390_000)],
    ["binary junk", noise(1_900_000, 0)],
    ["binary junk without zero bytes", noise(1_900_000, 1)],
  ])(
    "%s: a problem soon, no exception",
    (_title, text) => {
      const began = performance.now();
      const problems = parsed(text).problems.filter((problem) => problem.severity === "error");
      expect(performance.now() - began).toBeLessThan(10_000);
      expect(problems.length).toBeGreaterThan(0);
      for (const { range } of problems) expect(range?.start.line).toBeGreaterThan(0);
    },
    30_000,
  );

  test("a refusal for size names the limit", () => {
    expect(parsed("A: x\n".repeat(500_000)).problems).toMatchObject([
      { rule: "template.too-large", message: expect.stringContaining("templates up to 2000000 are read") },
    ]);
    expect(parsed(`A: [${"x,".repeat(990_000)}]`).problems).toMatchObject([
      { rule: "template.too-large", message: expect.stringContaining("800000 are read"), range: { start: { line: 1 } } },
    ]);
  });

  test("a template of CloudFormation's full size is read", () => {
    const text = `Resources:\n${Array.from({ length: 8_000 }, (_, index) => `  Queue${index}:\n    Type: AWS::SQS::Queue\n    Properties:\n      QueueName: !Sub "\${AWS::StackName}-${index}"\n      Tags: [{ Key: a, Value: b }]\n`).join("")}`;
    expect(text.length).toBeGreaterThan(1_000_000);
    const document = parsed(text);
    expect(document.problems).toEqual([]);
    expect(Object.keys(document.value["Resources"] ?? {})).toHaveLength(8_000);
    expect(parsed(JSON.stringify(document.value), "template.json").value).toEqual(document.value);
  });

  test("whatever bytes a file holds, cut off anywhere, reading and editing it throw nothing", () => {
    const pieces = fc.constantFrom(
      "A: ",
      "- ",
      "[",
      "]",
      "{",
      "}",
      "&a ",
      "*a",
      "!Ref ",
      "!!str ",
      "<<: ",
      "|\n",
      ">-\n",
      "\n",
      "  ",
      "\t",
      '"',
      "'",
      "#",
      "? ",
      ": ",
      "---\n",
      "...\n",
      "%TAG ! x\n",
      "\uFEFF",
      "\r",
      "\u0000",
      "\u0085",
      "\uD800",
      "ü",
      "Resources:\n",
    );
    const text = fc.oneof(
      fc.array(pieces, { maxLength: 40 }).map((all) => all.join("")),
      fc.string({ unit: "binary", maxLength: 60 }),
    );
    fc.assert(
      fc.property(text, fc.constantFrom("template.yaml", "template.json", "template"), (written, file) => {
        const document = parseTemplate(written, file);
        expect(document.text).toBe(written);
        for (const { range } of document.problems) expect(range?.end.offset ?? 0).toBeLessThanOrEqual(Math.max(written.length, 1) + 1);
        document.pathAt(written.length >> 1);
        const after = document.edit([{ type: "set", path: ["Resources", "A"], value: { Type: "T" } }]);
        if (document.problems.some((problem) => problem.severity === "error")) expect(after.text).toBe(written);
        else if (!Array.isArray(document.value["Resources"])) expect(after.value).toMatchObject({ Resources: { A: { Type: "T" } } });
      }),
      { numRuns: 1_500 },
    );
  });

  test("a template cut off anywhere is a problem or a shorter template", () => {
    const whole = readFileSync("resources/examples/orders/template.yaml", "utf8");
    for (let end = 0; end < whole.length; end += 37) {
      const document = parsed(whole.slice(0, end));
      expect(document.text).toHaveLength(end);
      for (const { range } of document.problems) expect(range?.start.offset).toBeLessThanOrEqual(end);
    }
  });

  test("problems are cut off at a number that can be read", () => {
    const text = Array.from({ length: 1_000 }, () => "A: 1\n").join("");
    expect(parsed(text).problems.length).toBeLessThan(100);
  });
});

describe("places", () => {
  const text = `Resources:
  Fn:
    Type: AWS::Lambda::Function
    Properties: &props
      Role: !GetAtt Role.Arn
      Layers:
        - !Ref A
        - !Sub "\${B}"
  Other:
    Properties: *props
  Third:
    Properties:
      <<: *props
`;
  const document = parsed(text);
  const at = (path: (string | number)[], part?: "node" | "key" | "value"): string | undefined => {
    const range = document.rangeOf(path, part);
    return range && text.slice(range.start.offset, range.end.offset);
  };

  test("keys, values and both", () => {
    expect(at(["Resources", "Fn", "Type"], "key")).toBe("Type");
    expect(at(["Resources", "Fn", "Type"], "value")).toBe("AWS::Lambda::Function");
    expect(at(["Resources", "Fn", "Type"])).toBe("Type: AWS::Lambda::Function");
    expect(document.rangeOf(["Resources", "Fn", "Type"], "key")?.start).toEqual({ line: 3, column: 5, offset: 21 });
  });

  test("through short intrinsics, aliases and merge keys", () => {
    expect(at(["Resources", "Fn", "Properties", "Role", "Fn::GetAtt"], "value")).toBe("Role.Arn");
    expect(at(["Resources", "Fn", "Properties", "Role", "Fn::GetAtt", 0], "value")).toBe("Role.Arn");
    expect(at(["Resources", "Fn", "Properties", "Layers", 1], "value")).toBe(`!Sub "\${B}"`);
    expect(at(["Resources", "Other", "Properties"], "value")).toBe("*props");
    expect(at(["Resources", "Other", "Properties", "Role"], "value")).toBe("!GetAtt Role.Arn");
    expect(at(["Resources", "Third", "Properties", "Role"], "value")).toBe("!GetAtt Role.Arn");
    expect(at(["Resources", "Nowhere"])).toBeUndefined();
  });

  test("the deepest path at an offset", () => {
    const pathAt = (needle: string): readonly (string | number)[] => document.pathAt(text.indexOf(needle) + 1);
    expect(pathAt("Fn:")).toEqual(["Resources", "Fn"]);
    expect(pathAt("AWS::Lambda")).toEqual(["Resources", "Fn", "Type"]);
    expect(pathAt("Role.Arn")).toEqual(["Resources", "Fn", "Properties", "Role", "Fn::GetAtt"]);
    expect(pathAt("!Ref A")).toEqual(["Resources", "Fn", "Properties", "Layers", 0, "Ref"]);
    expect(document.pathAt(text.length)).toEqual([]);
  });
});
