import { describe, expect, test } from "vitest";
import type { Json } from "../../src/model/json.ts";
import { dependenciesOf, deployOrder } from "../../src/model/template/dependencies.ts";
import { parseTemplate } from "../../src/model/template/parseTemplate.ts";
import { evaluateCondition, locateFindings, resolveValue, symbolicReferences } from "../../src/model/template/resolve.ts";
import type { References, Scope } from "../../src/model/template/resolve.ts";
import { createScope } from "../../src/model/template/scope.ts";

const deployed: References = {
  ref: (id) => ({ Queue: "http://sqs/queue", Table: "orders" })[id],
  attribute: (id, name) => (id === "Queue" && name === "Arn" ? "arn:aws:sqs:us-east-1:000000000000:queue" : undefined),
};

function scopeOf(
  text: string,
  parameters: Record<string, string> = {},
  references = deployed,
): { scope: Scope; findings: readonly { rule: string; message: string }[] } {
  return createScope(parseTemplate(text, "template.yaml").value, {
    parameters,
    region: "us-east-1",
    accountId: "000000000000",
    stackName: "orders",
    references,
  });
}

const template = `
Parameters:
  Stage: { Type: String, Default: dev, AllowedValues: [dev, prod] }
  Subnets: { Type: CommaDelimitedList, Default: "a, b,c" }
  Count: { Type: Number, Default: 3, MaxValue: 5 }
Mappings:
  Sizes:
    dev: { Memory: 128 }
    prod: { Memory: 1024 }
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  IsDev: !Not [!Condition IsProd]
  Both: !And [!Condition IsProd, !Condition IsDev]
  Either: !Or [!Condition IsProd, !Condition IsDev]
  Loop: !Condition Loop
`;

/** Resolves one value, written as YAML. */
function resolved(value: string, parameters: Record<string, string> = {}): { value: Json | undefined; rules: string[] } {
  const result = resolveValue(parseTemplate(`V: ${value}`, "template.yaml").value.V ?? null, scopeOf(template, parameters).scope);
  return { value: result.value, rules: result.findings.map((finding) => finding.rule) };
}

describe("functions", () => {
  test.each<[string, Json | undefined]>([
    ["!Ref Stage", "dev"],
    ["!Ref Subnets", ["a", "b", "c"]],
    ["!Ref Queue", "http://sqs/queue"],
    ["!Ref AWS::AccountId", "000000000000"],
    ["!Ref AWS::NoValue", undefined],
    ["!GetAtt Queue.Arn", "arn:aws:sqs:us-east-1:000000000000:queue"],
    [
      '!Sub "${Stage}-${Table}-${Queue.Arn}-${!Literal}-${AWS::Region}"',
      "dev-orders-arn:aws:sqs:us-east-1:000000000000:queue-${Literal}-us-east-1",
    ],
    ['!Sub ["${A}/${Stage}", { A: !Ref Table }]', "orders/dev"],
    ['!Join ["-", [a, !Ref Stage, 1, true]]', "a-dev-1-true"],
    ["!Select [1, !Ref Subnets]", "b"],
    ['!Split ["|", "a||c"]', ["a", "", "c"]],
    ["!FindInMap [Sizes, !Ref Stage, Memory]", 128],
    ["!FindInMap [Sizes, other, Memory, { DefaultValue: 7 }]", 7],
    ["!If [IsDev, yes-it-is, no]", "yes-it-is"],
    ["{ A: !If [IsProd, x, !Ref AWS::NoValue], B: [!Ref AWS::NoValue, 1] }", { B: [1] }],
    ["!Base64 héllo", "aMOpbGxv"],
    ['!GetAZs ""', ["us-east-1a", "us-east-1b", "us-east-1c"]],
    ["!Cidr [10.0.0.0/16, 3, 8]", ["10.0.0.0/24", "10.0.1.0/24", "10.0.2.0/24"]],
    ["{ Fn::Length: !Ref Subnets }", 3],
    ["{ Fn::ToJsonString: { a: !Ref Stage } }", '{"a":"dev"}'],
  ])("%s", (written, expected) => {
    expect(resolved(written)).toEqual({ value: expected, rules: [] });
  });

  test.each([
    ["!Ref Nothing", "template.missing-reference"],
    ["!GetAtt Queue.Nothing", "template.missing-reference"],
    ['!Sub "${Nothing}"', "template.missing-reference"],
    ["!ImportValue Shared", "template.import-value"],
    ["!FindInMap [Sizes, none, Memory]", "template.findinmap"],
    ["!Select [9, [a]]", "template.select"],
    ["!If [Unknown, 1, 2]", "template.missing-condition"],
    ["!If [Loop, 1, 2]", "template.circular-condition"],
    ["!Cidr [10.0.0.0/30, 9, 8]", "template.cidr"],
    ["{ Fn::Nonsense: 1 }", "template.unsupported-function"],
  ])("%s is a problem", (written, rule) => {
    expect(resolved(written).rules).toEqual([rule]);
  });
});

test("conditions follow the parameters", () => {
  const truth = (stage: string): boolean[] => {
    const { scope } = scopeOf(template, { Stage: stage });
    return ["IsProd", "IsDev", "Both", "Either"].map((name) => evaluateCondition(name, scope).isTrue);
  };
  expect(truth("dev")).toEqual([false, true, false, true]);
  expect(truth("prod")).toEqual([true, false, false, true]);
});

test("parameter values are checked against their declarations", () => {
  const messages = (text: string, parameters: Record<string, string>): string[] =>
    scopeOf(text, parameters).findings.map((finding) => finding.message);
  expect(messages(template, { Stage: "test" })).toEqual([`Parameter 'Stage' must be one of AllowedValues: dev, prod. It is "test".`]);
  expect(messages(template, { Count: "9" })).toEqual([`Parameter 'Count' must be a number not greater than 5. It is "9".`]);
  expect(messages(template, { Count: "many" })).toEqual([`Parameter 'Count' must be a number. It is "many".`]);
  expect(messages(template, { Stgae: "dev" })).toEqual(["The template has no parameter named Stgae."]);
  expect(messages("Parameters: { A: { Type: String } }", {})).toEqual([
    "The parameter A has no default: give it a value to run this template.",
  ]);
  expect(messages("Parameters: { A: { Type: String, AllowedPattern: '[a-z]+', Default: A1 } }", {})).toEqual([
    `Parameter 'A' must match pattern [a-z]+. It is "A1".`,
  ]);
});

test("for the design references stay symbolic and survive Sub, Join and Split", () => {
  const { scope } = scopeOf(template, {}, symbolicReferences(new Set(["Queue", "Table"])));
  const value =
    parseTemplate(
      `V: { A: !Ref Queue, B: !Sub "x/\${Table.Arn}/\${Stage}", C: !Select [1, !Split ["/", !Sub "a/\${Queue.Arn}"]] }`,
      "t.yaml",
    ).value.V ?? null;
  expect(resolveValue(value, scope)).toEqual({ value: { A: "${Queue}", B: "x/${Table.Arn}/dev", C: "${Queue.Arn}" }, findings: [] });
});

test("findings are located in the text, at the place that is wrong", () => {
  const document = parseTemplate(
    'Resources:\n  Fn:\n    Properties:\n      Name: !Sub\n        - "${A}"\n        - A: !Ref Nowhere\n',
    "template.yaml",
  );
  const { findings } = resolveValue(document.value.Resources ?? null, scopeOf("{}").scope, ["Resources"]);
  const [problem] = locateFindings(document, findings);
  expect(problem).toMatchObject({
    severity: "error",
    file: "template.yaml",
    resource: "Fn",
    message: "There is no parameter or resource named Nowhere.",
  });
  expect(problem?.range?.start).toMatchObject({ line: 6, column: 19 });
});

describe("deploy order", () => {
  const resources = {
    Fn: { Properties: { Env: { T: { Ref: "Table" }, Q: { "Fn::Sub": ["${x}${Queue.Arn}", { x: { "Fn::GetAtt": ["Topic", "Arn"] } }] } } } },
    Table: {},
    Topic: { DependsOn: "Table" },
    Queue: { DependsOn: ["Topic"], Properties: { A: { "Fn::If": ["Never", { Ref: "Other" }, { Ref: "AWS::NoValue" }] } } },
    Other: { Properties: { B: { Ref: "Queue" } } },
  };

  test("Ref, GetAtt, Sub and DependsOn are dependencies; parameters and unknown names are not", () => {
    expect(dependenciesOf(resources.Fn, resources)).toEqual(["Table", "Queue", "Topic"]);
  });

  test("dependencies come first; branches not taken do not count", () => {
    const { scope } = scopeOf("Conditions: { Never: !Equals [a, b] }");
    const { order, findings } = deployOrder(resources, scope);
    expect(findings).toEqual([]);
    expect(order).toEqual(["Table", "Topic", "Queue", "Fn", "Other"]);
  });

  test("circles are said in words", () => {
    expect(deployOrder(resources).findings.map((finding) => finding.message)).toEqual([
      "These resources need each other: Queue → Other → Queue. Break the circle, for example with a name that is written out.",
    ]);
  });

  test("a chain of ten thousand is no problem", () => {
    const chain = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`R${index}`, { DependsOn: `R${index + 1}` }]));
    const { order, findings } = deployOrder(chain);
    expect(findings).toEqual([]);
    expect(order[0]).toBe("R9999");
  });
});
