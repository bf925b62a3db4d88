import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseTemplate } from "../../src/model/template/parseTemplate.ts";
import { applyEdit } from "../../src/model/template/jsonEdit.ts";
import type { TemplateEdit } from "../../src/model/template/document.ts";
import type { Json } from "../../src/model/json.ts";

const orders = `# The order system
AWSTemplateFormatVersion: "2010-09-09"
Transform: AWS::Serverless-2016-10-31

Globals:
  Function:
    Timeout: 10 # seconds
    Environment: &env
      Variables:
        TABLE: !Ref OrdersTable
        'Quoted': 'yes'

Resources:
  # Takes orders
  PlaceOrder:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.handler   # the entry
      CodeUri: src/
      Policies:
        - DynamoDBCrudPolicy: { TableName: !Ref OrdersTable }
        - SQSSendMessagePolicy:
            QueueName: !GetAtt OrderQueue.QueueName
      Events:
        Place:
          Type: HttpApi
          Properties: { Path: /orders, Method: POST }

  # Where orders live
  OrdersTable:
    Type: AWS::DynamoDB::Table
    Properties:
      KeySchema:
      - { AttributeName: id, KeyType: HASH }
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      Description: |
        several
          lines

        of text
    # kept with the table

  OrderQueue:
    Type: AWS::SQS::Queue

  Copy:
    Type: Custom::Thing
    Properties:
      <<: *env
      Name: !Sub
        - "\${A}-ü"
        - A: !Select [0, !Split [",", "a,b"]]

# What comes out
Outputs:
  Url:
    Value: !Sub "https://\${ServerlessHttpApi}.execute-api.\${AWS::Region}.amazonaws.com"
`;

/** The same without anchor and merge key: with these, an edit also writes out what aliases stood for. */
const plain = orders.replace("&env", "").replace("<<: *env", "Plain: 1");

function edited(text: string, ...edits: TemplateEdit[]): string {
  const document = parseTemplate(text, "template.yaml");
  expect(document.problems).toEqual([]);
  const result = document.edit(edits);
  expect(result.problems).toEqual([]);
  return result.text;
}

/** The lines that are new and the lines that are gone. */
function difference(before: string, after: string): { added: string[]; removed: string[] } {
  const a = before.split("\n");
  const b = after.split("\n");
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  return { added: b.slice(start, b.length - end), removed: a.slice(start, a.length - end) };
}

describe("setting values", () => {
  test("a scalar keeps its line's comment", () => {
    const after = edited(orders, { type: "set", path: ["Globals", "Function", "Timeout"], value: 30 });
    expect(difference(orders, after)).toEqual({ removed: ["    Timeout: 10 # seconds"], added: ["    Timeout: 30 # seconds"] });
  });

  test("quotes stay as they were, and come only when needed", () => {
    const quoted = edited(orders, { type: "set", path: ["AWSTemplateFormatVersion"], value: "it's" });
    expect(difference(orders, quoted).added).toEqual([`AWSTemplateFormatVersion: "it's"`]);
    const needed = edited(orders, { type: "set", path: ["Resources", "PlaceOrder", "Properties", "Handler"], value: "yes" });
    expect(difference(orders, needed).added).toEqual([`      Handler: "yes"   # the entry`]);
  });

  test.each([
    ['!Sub "${A}-x"', { "Fn::Sub": "${A}-y" }, '!Sub "${A}-y"'],
    ["!Sub '${A}-x'", { "Fn::Sub": "it's" }, "!Sub 'it''s'"],
    ['!GetAtt "A.Arn"', { "Fn::GetAtt": ["B", "Arn"] }, '!GetAtt "B.Arn"'],
    ['!Ref "A"', { Ref: "B" }, '!Ref "B"'],
    ['!Ref "A"', { "Fn::Sub": "${B}" }, "!Sub ${B}"],
    ["!Sub ${A}", { "Fn::Sub": "${B}" }, "!Sub ${B}"],
  ])("%s keeps its quotes while the function stays the same", (before, value, after) => {
    expect(edited(`A:\n  B: ${before} # kept\n`, { type: "set", path: ["A", "B"], value })).toBe(`A:\n  B: ${after} # kept\n`);
    expect(edited(`A:\n  - B: ${before}\n`, { type: "set", path: ["A", 0, "B"], value })).toBe(`A:\n  - B: ${after}\n`);
  });

  test("quotes of a function's text stay inside flow maps", () => {
    const set: TemplateEdit = { type: "set", path: ["A", "B"], value: { "Fn::Sub": "${A}-y" } };
    expect(edited("A: {B: !Sub '${A}-x', C: 1}\n", set)).toBe("A: {B: !Sub '${A}-y', C: 1}\n");
  });

  test.each([
    [
      "behind the format version",
      'AWSTemplateFormatVersion: "2010-09-09" # fixed\n\nResources:\n',
      'AWSTemplateFormatVersion: "2010-09-09" # fixed\nTransform: X\n\nResources:\n',
    ],
    ["first, below the file's comment", "# Mine\nResources:\n", "# Mine\nTransform: X\nResources:\n"],
    ["first, set off as the other sections are", "Description: D\n\nResources:\n", "Transform: X\n\nDescription: D\n\nResources:\n"],
    ["behind the byte order mark", "\uFEFFResources:\r\n", "\uFEFFTransform: X\r\nResources:\r\n"],
  ])("a missing Transform goes %s", (_where, head, expected) => {
    const resources = head.includes("\r") ? "  A: 1\r\n" : "  A: 1\n";
    expect(edited(head + resources, { type: "set", path: ["Transform"], value: "X" })).toBe(expected + resources);
  });

  test("a missing Transform goes to the top of JSON too", () => {
    const set: TemplateEdit = { type: "set", path: ["Transform"], value: "X" };
    const version = parseTemplate('{\n  "AWSTemplateFormatVersion": "2010-09-09",\n  "Resources": {}\n}\n', "template.json").edit([set]);
    expect(version.text).toBe('{\n  "AWSTemplateFormatVersion": "2010-09-09",\n  "Transform": "X",\n  "Resources": {}\n}\n');
    expect(parseTemplate('{\n  "Resources": {}\n}\n', "template.json").edit([set]).text).toBe(
      '{\n  "Transform": "X",\n  "Resources": {}\n}\n',
    );
    expect(parseTemplate('{"Resources":{}}', "template.json").edit([set]).text).toBe('{"Transform": "X", "Resources":{}}');
  });

  test("a new property goes behind its siblings, intrinsics in short form", () => {
    const after = edited(orders, {
      type: "set",
      path: ["Resources", "PlaceOrder", "Properties", "Environment"],
      value: {
        Variables: { QUEUE: { Ref: "OrderQueue" }, ARN: { "Fn::GetAtt": ["OrderQueue", "Arn"] }, URL: { "Fn::Sub": "https://${X}" } },
      },
    });
    expect(difference(orders, after)).toEqual({
      removed: [],
      added: [
        "      Environment:",
        "        Variables:",
        "          QUEUE: !Ref OrderQueue",
        "          ARN: !GetAtt OrderQueue.Arn",
        "          URL: !Sub https://${X}",
      ],
    });
  });

  test("a missing parent is made on the way", () => {
    const after = edited(orders, { type: "set", path: ["Resources", "OrderQueue", "Properties", "VisibilityTimeout"], value: 30 });
    expect(difference(orders, after)).toEqual({ removed: [], added: ["    Properties:", "      VisibilityTimeout: 30"] });
  });

  test("a new resource is set off by a blank line like the others", () => {
    const after = edited(orders, { type: "set", path: ["Resources", "Fulfil"], value: { Type: "AWS::SQS::Queue" } });
    expect(difference(orders, after)).toEqual({ removed: [], added: ["  Fulfil:", "    Type: AWS::SQS::Queue", ""] });
  });

  test("a key inside a flow map stays on its line", () => {
    const after = edited(orders, {
      type: "set",
      path: ["Resources", "PlaceOrder", "Properties", "Events", "Place", "Properties", "ApiId"],
      value: { Ref: "Api" },
    });
    expect(difference(orders, after).added).toEqual(["          Properties: { Path: /orders, Method: POST, ApiId: !Ref Api }"]);
  });

  test("a map over a map changes only what differs", () => {
    const after = edited(orders, {
      type: "set",
      path: ["Resources", "PlaceOrder", "Properties", "Events", "Place"],
      value: { Type: "HttpApi", Properties: { Path: "/orders", Method: "PUT" } },
    });
    expect(difference(orders, after).added).toEqual(["          Properties: { Path: /orders, Method: PUT }"]);
  });

  test("an item of a list written in flow style looks like its neighbours", () => {
    const after = edited(orders, {
      type: "append",
      path: ["Resources", "OrdersTable", "Properties", "KeySchema"],
      value: { AttributeName: "at", KeyType: "RANGE" },
    });
    expect(difference(orders, after)).toEqual({ removed: [], added: ["      - { AttributeName: at, KeyType: RANGE }"] });
  });

  test("a value below an anchor leaves the aliases' values alone", () => {
    const before = parseTemplate(orders, "template.yaml");
    const after = before.edit([{ type: "set", path: ["Globals", "Function", "Environment", "Variables", "TABLE"], value: "x" }]);
    expect(after.value).toMatchObject({ Globals: { Function: { Environment: { Variables: { TABLE: "x" } } } } });
    expect((after.value.Resources as { Copy: Json }).Copy).toEqual((before.value.Resources as { Copy: Json }).Copy);
  });
});

describe("removing", () => {
  test("a resource goes with the comment above it and leaves one blank line", () => {
    const after = edited(orders, { type: "remove", path: ["Resources", "OrdersTable"] });
    expect(after).not.toContain("Where orders live");
    expect(after).not.toContain("kept with the table");
    expect(after).toContain("Method: POST }\n\n  OrderQueue:");
  });

  test("the last resource leaves the blank line before the next section", () => {
    const after = edited(orders, { type: "remove", path: ["Resources", "Copy"] });
    expect(after).toContain("    Type: AWS::SQS::Queue\n\n# What comes out\nOutputs:");
  });

  test("the last child leaves an empty map", () => {
    const after = edited(orders, { type: "remove", path: ["Resources", "PlaceOrder", "Properties", "Events", "Place"] });
    expect(difference(orders, after).added).toEqual(["      Events: {}"]);
  });

  test("the first key of a list item gives its place to the next", () => {
    const text = "List:\n  - Name: a\n    Value: b\n  - Name: c\n";
    expect(edited(text, { type: "remove", path: ["List", 0, "Name"] })).toBe("List:\n  - Value: b\n  - Name: c\n");
  });
});

describe("many edits at once", () => {
  const many = (count: number): string =>
    `Resources:\n${Array.from({ length: count }, (_, index) => `  # The ${index}th\n  Queue${index}:\n    Type: AWS::SQS::Queue\n`).join("\n")}`;
  const removals = (...indexes: number[]): TemplateEdit[] =>
    indexes.map((index) => ({ type: "remove", path: ["Resources", `Queue${index}`] }));

  test("neighbours are removed together as one after the other", () => {
    for (const gone of [
      [0, 1],
      [1, 2],
      [2, 3],
      [0, 1, 2],
      [1, 2, 3],
      [3, 2, 1],
      [0, 3],
    ]) {
      const single = removals(...gone).reduce((text, edit) => edited(text, edit), many(4));
      expect(edited(many(4), ...removals(...gone))).toBe(single);
    }
  });

  test("all keys removed leave an empty map", () => {
    expect(edited(many(3), ...removals(0, 1, 2))).toBe("Resources: {}\n");
  });

  test("neighbours in flow style leave no stray comma", () => {
    const edits = ["B", "C"].map((key): TemplateEdit => ({ type: "remove", path: ["A", key] }));
    expect(edited("A: {A: 1, B: 2, C: 3}\n", ...edits)).toBe("A: {A: 1}\n");
  });

  test("in a large template only what an edit concerns is read anew", () => {
    const document = parseTemplate(many(2000), "template.yaml");
    const set = (value: number): TemplateEdit => ({
      type: "set",
      path: ["Resources", "Queue700", "Properties"],
      value: { DelaySeconds: value },
    });
    const median = (run: (turn: number) => unknown): number => {
      const times = Array.from({ length: 5 }, (_, turn) => {
        const begin = performance.now();
        run(turn);
        return performance.now() - begin;
      });
      return times.toSorted((a, b) => a - b)[2] ?? 0;
    };
    const whole = median(() => parseTemplate(document.text, "template.yaml"));
    const edits = median((turn) => document.edit([set(turn)]));
    expect(edits).toBeLessThan(whole * 0.7);
    expect(document.edit([set(3)]).value).toEqual(parseTemplate(document.edit([set(3)]).text, "template.yaml").value);
  });

  test("hundreds of neighbours are read anew a handful of times, not once for each", () => {
    const text = many(600);
    const whole = parseTemplate(text, "template.yaml");
    const begin = performance.now();
    parseTemplate(text, "template.yaml");
    const once = performance.now() - begin;
    const after = whole.edit(removals(...Array.from({ length: 500 }, (_, index) => index + 50)));
    expect(performance.now() - begin).toBeLessThan(Math.max(once * 60, 500));
    expect(Object.keys(after.value["Resources"] ?? {})).toHaveLength(100);
  });
});

test("comments behind a key or a block scalar's header stay with it", () => {
  expect(edited("A: >- # why\n  text\nB: 1\n", { type: "set", path: ["A"], value: "x" })).toBe("A: x # why\nB: 1\n");
  expect(edited("A: # why\n  C: 1\nB: 1\n", { type: "set", path: ["A"], value: ["x"] })).toBe("A: # why\n  - x\nB: 1\n");
  expect(edited("A: 1 # why\nB: 1\n", { type: "set", path: ["A"], value: { C: 1 } })).toBe("A: # why\n  C: 1\nB: 1\n");
});

test("an explicit key is removed like any other", () => {
  expect(edited("A:\n  # one\n  B: 1\n  ? C\n  : 2\n  D: 3 # three\n", { type: "remove", path: ["A", "C"] })).toBe(
    "A:\n  # one\n  B: 1\n  D: 3 # three\n",
  );
});

test("renaming a key keeps everything below it", () => {
  const after = edited(orders, { type: "renameKey", path: ["Resources", "OrderQueue"], key: "Queue" });
  expect(difference(orders, after)).toEqual({ removed: ["  OrderQueue:"], added: ["  Queue:"] });
});

test("JSON is edited in its own indentation", () => {
  const text = `{\n    "Resources": {\n        "A": {\n            "Type": "T",\n            "Properties": { "B": 1 }\n        }\n    }\n}\n`;
  const document = parseTemplate(text, "template.json");
  const after = document.edit([
    { type: "set", path: ["Resources", "A", "Properties", "C"], value: { Ref: "X" } },
    { type: "set", path: ["Resources", "B"], value: { Type: "U", Properties: {} } },
  ]);
  expect(after.text).toBe(
    `{\n    "Resources": {\n        "A": {\n            "Type": "T",\n            "Properties": { "B": 1, "C": {"Ref":"X"} }\n        },\n        "B": {\n            "Type": "U",\n            "Properties": {}\n        }\n    }\n}\n`,
  );
});

test("Windows line ends and a byte order mark stay", () => {
  const text = `\uFEFF${orders.replaceAll("\n", "\r\n")}`;
  const after = edited(
    text,
    { type: "set", path: ["Resources", "OrderQueue", "Properties", "Fifo"], value: true },
    { type: "remove", path: ["AWSTemplateFormatVersion"] },
  );
  expect(after.startsWith("\uFEFF")).toBe(true);
  expect(after.replaceAll("\r\n", "")).not.toContain("\n");
});

describe("random edits", () => {
  const name = fc.constantFrom(
    "A",
    "Ref",
    "Key With Space",
    "123",
    "a.b",
    "ü",
    "- x",
    "#no",
    "true",
    "<<",
    "",
    "__proto__",
    "x: y",
    "*a",
    "C",
  );
  const text = fc.oneof(
    fc.constantFrom(
      "yes",
      "1",
      "012",
      "a: b",
      " #",
      "x\ny\n",
      "x\n  y",
      "\n",
      "~",
      "!Ref",
      "${A}",
      "'",
      '"',
      "{}",
      "[a",
      "1e3",
      "0x1",
      "-",
      "\u0007",
      "\t",
      "*",
      "2020-01-01",
      "a # b",
      "||",
      "x:",
    ),
    fc.string(),
  );
  const leaf = fc.oneof(
    text,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => (Object.is(x, -0) ? 0 : x)),
  );
  const { value } = fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      leaf,
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(name, tie("value"), { maxKeys: 3 }),
      fc.constantFrom<Json>(
        { Ref: "X" },
        { "Fn::GetAtt": ["X", "Arn"] },
        { "Fn::Sub": ["${a}", { a: { Ref: "B" } }] },
        { "Fn::Join": [",", ["a", { Ref: "b" }]] },
        { "Fn::Base64": { "Fn::Sub": "x" } },
        { Condition: "X" },
      ),
    ),
  }));

  const pathIn = (json: Json, picks: readonly number[]): (string | number)[] => {
    const path: (string | number)[] = [];
    let at: Json | undefined = json;
    for (const pick of picks) {
      if (typeof at !== "object" || at === null) break;
      const keys: (string | number)[] = Array.isArray(at) ? at.map((_, index) => index) : Object.keys(at);
      const key = keys[pick % Math.max(1, keys.length)];
      if (key === undefined) break;
      path.push(key);
      at = (at as Record<string | number, Json>)[key];
    }
    return path;
  };

  const step = fc.record({
    kind: fc.constantFrom("set", "add", "remove", "rename", "append"),
    picks: fc.array(fc.nat(20), { minLength: 1, maxLength: 7 }),
    value,
    name,
  });

  function makeEdit(
    json: Json,
    { kind, picks, value: to, name: key }: { kind: string; picks: number[]; value: Json; name: string },
  ): TemplateEdit {
    const path = pathIn(json, picks);
    if (kind === "add") return { type: "set", path: [...path, key], value: to };
    if (kind === "remove") return { type: "remove", path };
    if (kind === "rename") return { type: "renameKey", path, key };
    return { type: kind === "append" ? "append" : "set", path, value: to };
  }

  for (const [title, start] of [
    ["YAML", orders],
    ["YAML with CRLF", orders.replaceAll("\n", "\r\n")],
  ] as const) {
    test(`${title}: the text read again is the value meant, whatever the edits`, () => {
      fc.assert(
        fc.property(fc.array(step, { minLength: 1, maxLength: 6 }), (steps) => {
          let document = parseTemplate(start, "template.yaml");
          for (const each of steps) {
            const edit = makeEdit(document.value, each);
            if (edit.path.length === 0) continue;
            const expected = applyEdit(document.value, edit) ?? document.value;
            document = document.edit([edit]);
            expect(document.value).toEqual(expected);
            expect(parseTemplate(document.text, "template.yaml").value).toEqual(expected);
          }
        }),
        { numRuns: 120 },
      );
    });
  }

  test("all lines outside the part that is edited stay as they are", () => {
    fc.assert(
      fc.property(step, (each) => {
        const before = parseTemplate(plain, "template.yaml");
        const edit = makeEdit(before.value, each);
        if (edit.path.length < 2) return;
        const after = before.edit([edit]);
        const part = before.rangeOf(edit.path.slice(0, -1));
        if (part === undefined || after.text === before.text) return;
        // Comments right above the part and below its last line belong to it.
        const lines = plain.split("\n");
        let first = part.start.line - 1;
        while (first > 0 && lines[first - 1]?.trimStart().startsWith("#")) first -= 1;
        const kept = lines.slice(part.end.line).filter((line) => line.trim() !== "" && !line.trimStart().startsWith("#"));
        expect(after.text.startsWith(lines.slice(0, first).join("\n"))).toBe(true);
        const end = after.text.split("\n").filter((line) => line.trim() !== "" && !line.trimStart().startsWith("#"));
        expect(end.slice(end.length - kept.length)).toEqual(kept);
      }),
      { numRuns: 300 },
    );
  });

  test("JSON: the text read again is the value meant, by JSON.parse too", () => {
    fc.assert(
      fc.property(
        fc.dictionary(name, value, { maxKeys: 4 }),
        fc.constantFrom(undefined, 2, 4, "\t"),
        fc.array(step, { minLength: 1, maxLength: 4 }),
        (json, indent, steps) => {
          let document = parseTemplate(JSON.stringify(json, null, indent), "template.json");
          expect(document.value).toEqual(json);
          for (const each of steps) {
            const edit = makeEdit(document.value, each);
            if (edit.path.length === 0) continue;
            const expected = applyEdit(document.value, edit) ?? document.value;
            document = document.edit([edit]);
            expect(JSON.parse(document.text)).toEqual(expected);
          }
        },
      ),
      { numRuns: 120 },
    );
  });
});
