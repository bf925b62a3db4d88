// Completion of state machines: in expressions, in templates, and in the text of a whole definition.
import { describe, expect, test } from "vitest";
import { completeDefinition } from "../../src/model/asl/complete/definition.ts";
import { completeJsonata, completePath } from "../../src/model/asl/complete/expression.ts";
import { jsonataFunctions, intrinsicFunctions } from "../../src/model/asl/complete/functions.ts";
import { placeInJson } from "../../src/model/asl/complete/placeInJson.ts";
import { placeInYaml } from "../../src/model/asl/complete/placeInYaml.ts";
import type { CompletionScope, Suggestion } from "../../src/model/asl/complete/suggestion.ts";
import { completeReference } from "../../src/model/asl/complete/references.ts";
import { textInBlock } from "../../src/model/asl/complete/textInBlock.ts";
import { completeTemplate } from "../../src/model/asl/complete/template.ts";
import { intrinsics } from "../../src/model/asl/intrinsicFunctions.ts";
import type { JsonObject } from "../../src/model/json.ts";

const scope: CompletionScope = {
  language: "JSONata",
  hasResult: true,
  hasErrorOutput: false,
  isOfResult: false,
  variables: ["tries"],
  samples: {
    input: { order: { id: "o-1", lines: [{ sku: "a", count: 2 }] }, total: 84 },
    result: { shipped: true },
    variables: { tries: { last: 3 } },
  },
};
const path: CompletionScope = { ...scope, language: "JSONPath" };

/** `|` is the cursor. */
function at(marked: string): { text: string; offset: number } {
  const offset = marked.indexOf("|");
  return { text: marked.slice(0, offset) + marked.slice(offset + 1), offset };
}

const labels = (suggestions: readonly Suggestion[]): string[] => suggestions.map(({ label }) => label);

describe("In JSONata", () => {
  const complete = (marked: string): string[] => {
    const { text, offset } = at(marked);
    return labels(completeJsonata(text, offset, scope));
  };

  test("$states has what the place may read, and paths go on as the data does", () => {
    expect(complete("$states.|")).toEqual(["input", "context", "result"]);
    expect(complete("$states.input.order.|")).toEqual(["id", "lines"]);
    expect(complete("$sum($states.input.order.lines[0].|)")).toEqual(["sku", "count"]);
    expect(complete("$tries.|")).toEqual(["last"]);
    expect(complete("$states.context.Exec|")).toEqual(["Execution"]);
  });

  test("variables and functions come by their beginning, functions with how they are called", () => {
    expect(complete("$tr|")).toEqual(["$tries", "$trim"]);
    const [found] = completeJsonata("$substringB", 11, scope);
    expect(found).toMatchObject({ insert: "$substringBefore(", detail: "$substringBefore(text, part)", from: 0, to: 11 });
  });
});

describe("In JSONPath", () => {
  const complete = (marked: string): string[] => {
    const { text, offset } = at(marked);
    return labels(completePath(text, offset, path));
  };

  test("paths of the last input, the context object, variables", () => {
    expect(complete("|")).toEqual(expect.arrayContaining(["$", "$$", "$tries", "$.order", "$.order.id", "$.total", "States.Format"]));
    expect(complete("$.order.|")).toEqual(["id", "lines"]);
    expect(complete("$$.Map.Item.|")).toEqual(["Index", "Value", "Key", "Source"]);
    expect(complete("$.to|")).toEqual(["total"]);
  });

  test("functions, also as what another one takes", () => {
    expect(complete("States.Array|")).toContain("States.ArrayLength");
    expect(complete("States.Format('{}', States.U|")).toEqual(["States.UUID"]);
    expect(complete("States.Format('{}', $.order.|)")).toEqual(["id", "lines"]);
  });
});

test("every function that runs is known to completion, and no other", () => {
  expect(intrinsicFunctions.map(({ name }) => name).sort()).toEqual([...intrinsics.keys()].sort());
  expect(new Set(jsonataFunctions.map(({ name }) => name)).size).toBe(jsonataFunctions.length);
});

describe("In a template", () => {
  const complete = (marked: string, within: CompletionScope): string[] => {
    const { text, offset } = at(marked);
    return labels(completeTemplate(text, offset, within, ["QueueUrl", "MessageBody"]));
  };

  test("names of the operation's members, with and without .$", () => {
    expect(complete('{ "|" }', path)).toEqual(["QueueUrl", "QueueUrl.$", "MessageBody", "MessageBody.$"]);
    expect(complete('{ "|" }', scope)).toEqual(["QueueUrl", "MessageBody"]);
  });

  test("paths only where they are read, expressions only between brackets", () => {
    expect(complete('{ "a.$": "$.order.|" }', path)).toEqual(["id", "lines"]);
    expect(complete('{ "a": "$.order.|" }', path)).toEqual([]);
    expect(complete('{ "a": { "b": "{% $states.result.| %}" } }', scope)).toEqual(["shipped"]);
    expect(complete('{ "a": "|" }', scope)).toEqual(["{% … %}"]);
    expect(complete('{ "a": "{% $states.input %}|" }', scope)).toEqual([]);
  });
});

const definition: JsonObject = {
  StartAt: "First",
  States: {
    First: { Type: "Task", Resource: "arn:aws:states:::lambda:invoke", Assign: { "seen.$": "$.a" }, Next: "Each" },
    Each: {
      Type: "Map",
      QueryLanguage: "JSONata",
      ItemProcessor: { StartAt: "Inner", States: { Inner: { Type: "Wait", Seconds: 1, End: true } } },
      End: true,
    },
  },
};

function completeText(marked: string, isYaml: boolean): string[] {
  const { text, offset } = at(marked);
  const place = isYaml ? placeInYaml(text, offset) : placeInJson(text, offset);
  if (place === null) return [];
  const resources = [{ value: "${ShipArn}", detail: "substitution" }];
  return labels(completeDefinition({ text, offset, place, isYaml, definition, resources, samplesOf: () => scope.samples }));
}

describe("In the text of a definition", () => {
  const json = (inside: string): string => `{"StartAt": "First", "States": { "First": { ${inside} } } }`;

  test("fields of the state's type and language that are not there yet", () => {
    const fields = completeText(json('"Type": "Task", "|"'), false);
    expect(fields).toEqual(expect.arrayContaining(["InputPath", "Retry", "TimeoutSecondsPath"]));
    expect(fields).not.toContain("Arguments");
    expect(fields).not.toContain("Next");
    expect(completeText('{"StartAt": "First", |', false)).toEqual(expect.arrayContaining(["Comment", "QueryLanguage"]));
  });

  test("fields of what stands in a state, and the words that they take", () => {
    expect(completeText(json('"Retry": [{ "|" }]'), false)).toContain("BackoffRate");
    expect(completeText(json('"Retry": [{ "JitterStrategy": "|" }]'), false)).toEqual(["NONE", "FULL"]);
    expect(completeText(json('"Choices": [{ "And": [{ "|" }] }]'), false)).toContain("NumericGreaterThanPath");
  });

  test("states of the flow, resources, paths", () => {
    expect(completeText(json('"Next": "|"'), false)).toEqual(["First", "Each"]);
    expect(completeText(json('"Resource": "|"'), false)).toEqual(["${ShipArn}"]);
    expect(completeText(json('"ResultPath": "$.order.|"'), false)).toEqual(["id", "lines"]);
    expect(completeText(json('"Parameters": { "x.$": "$.order.|" }'), false)).toEqual(["id", "lines"]);
  });

  test("the same in YAML, by indentation", () => {
    const yaml = (inside: string): string => `StartAt: First\nStates:\n  First:\n    Type: Task\n${inside}`;
    expect(completeText(yaml("    Re|"), true)).toEqual(expect.arrayContaining(["ResultPath", "Retry"]));
    expect(completeText(yaml("    Next: |"), true)).toEqual(["First", "Each"]);
    expect(completeText(yaml("    Retry:\n      - ErrorEquals: [Busy]\n        Max|"), true)).toContain("MaxAttempts");
    expect(completeText(yaml("    Retry:\n    - ErrorEquals: [Busy]\n      JitterStrategy: F|"), true)).toEqual(["NONE", "FULL"]);
    expect(completeText(yaml("    Parameters:\n      x.$: $.order.|"), true)).toEqual(["id", "lines"]);
    expect(completeText("StartAt: First\nStates:\n  Each:\n    Type: Map\n    Output: '{% $states.input.order.| %}'\n", true)).toEqual([
      "id",
      "lines",
    ]);
    expect(
      completeText("StartAt: First\nStates:\n  Each:\n    Output: |-\n      {% $states.input.order.| %}\n".replace("|-", ">-"), true),
    ).toEqual(["id", "lines"]);
  });
});

describe("In a text of the template", () => {
  const template = `Resources:
  Machine:
    Properties:
      DefinitionString: !Sub |
        {
          "StartAt": "First",
          "States": {
            "First": { "Type": "Task", "Resource": "CURSOR" }
          }
        }
  Other: {}
`;

  test("the block's own text is completed, and what is put in stands where it belongs", () => {
    const text = template.replace("CURSOR", "");
    const offset = template.indexOf("CURSOR");
    const outer = placeInYaml(text, offset);
    expect(outer?.steps).toEqual(["Resources", "Machine", "Properties", "DefinitionString"]);
    const block = textInBlock(text, outer?.from ?? 0);
    expect(JSON.parse(block.text)).toMatchObject({ StartAt: "First" });
    const inner = block.toInner(offset);
    const place = placeInJson(block.text, inner);
    expect(place?.steps).toEqual(["States", "First", "Resource"]);
    expect(block.toOuter(inner)).toBe(offset);
    for (let at = outer?.from ?? 0; at < text.indexOf("  Other"); at += 1) {
      const column = at - text.lastIndexOf("\n", at - 1) - 1;
      if (column >= 8) expect(block.toOuter(block.toInner(at))).toBe(at);
    }
  });

  test("what is filled in comes behind ${", () => {
    const references = [{ name: "Charge.Arn", detail: "function" }];
    const [found] = completeReference('{"Resource": "${Ch}"}', 18, references) ?? [];
    expect(found).toMatchObject({ label: "Charge.Arn", insert: "Charge.Arn}", from: 16, to: 19 });
    expect(completeReference('{"Resource": "$', 15, references)).toBeNull();
  });
});
