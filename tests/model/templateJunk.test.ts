import fc from "fast-check";
import { expect, test } from "vitest";
import type { Json, JsonObject } from "../../src/model/json.ts";
import { ruleFindings } from "../../src/model/template/assertions.ts";
import { deployOrder, missingTargets } from "../../src/model/template/dependencies.ts";
import { expandTemplate } from "../../src/model/template/expand.ts";
import { parseTemplate } from "../../src/model/template/parseTemplate.ts";
import { locateFindings, resolveValue, symbolicReferences } from "../../src/model/template/resolve.ts";
import { createScope } from "../../src/model/template/scope.ts";
import { sectionFindings } from "../../src/model/template/sections.ts";

// Templates that parse and mean nothing: functions of the wrong things, sections of the wrong kind.

const functionNames = [
  "And",
  "Base64",
  "Cidr",
  "Contains",
  "EachMemberIn",
  "Equals",
  "FindInMap",
  "ForEach::L",
  "GetAtt",
  "GetAZs",
  "If",
  "ImportValue",
  "Join",
  "Length",
  "Not",
  "Or",
  "RefAll",
  "Select",
  "Split",
  "Sub",
  "ToJsonString",
  "Transform",
  "ValueOf",
];
const key = fc.oneof(
  fc.constantFrom(
    "A",
    "B",
    "Q${A}",
    "Type",
    "Properties",
    "Condition",
    "DependsOn",
    "Default",
    "Name",
    "Value",
    "Assertions",
    "Assert",
    "RuleCondition",
    "__proto__",
    "constructor",
  ),
  fc.constantFrom("Ref", "Condition", ...functionNames.map((name) => `Fn::${name}`)),
);
const leaf = fc.oneof(
  fc.constantFrom<Json>(
    "A",
    "B",
    "${A}",
    "${A.Arn}",
    "AWS::Region",
    "AWS::NoValue",
    "AWS::SSM::Parameter",
    "AWS::SecretsManager::Secret",
    "AWS::Include",
    "String",
    "CommaDelimitedList",
    "AWS::SSM::Parameter::Value<String>",
    "{{resolve:ssm:A}}",
    "{{resolve:ssm:${A}}}",
    "{{resolve:secretsmanager:B:SecretString:a}}",
    "10.0.0.0/16",
  ),
  fc.constantFrom<Json>(0, 1, -1, 1e9, true, null, ""),
);
const { value } = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    leaf,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(key, tie("value"), { maxKeys: 3 }),
  ),
}));
const sections = ["Parameters", "Mappings", "Conditions", "Rules", "Resources", "Outputs", "Transform", "Globals"];
const template: fc.Arbitrary<JsonObject> = fc.record(
  Object.fromEntries(sections.map((name) => [name, fc.oneof(fc.dictionary(key, value, { maxKeys: 3 }), value)])),
);

test("whatever a template says, it is answered with findings at places, soon and without an exception", () => {
  fc.assert(
    fc.property(template, fc.dictionary(fc.constantFrom("A", "B", "resolve:ssm:A"), fc.string()), (written, parameters) => {
      const text = JSON.stringify(written);
      const document = parseTemplate(text, "template.json");
      expect(document.problems).toEqual([]);
      const { template: expanded, findings } = expandTemplate(document.value, { parameters, readDocument: () => ({ A: "b" }) });
      const references = symbolicReferences(new Set(["A"]));
      const { scope, findings: ofParameters } = createScope(expanded, {
        parameters,
        region: "us-east-1",
        accountId: "0",
        stackName: "s",
        references,
      });
      const resources = mapOf(expanded["Resources"]);
      const all = [
        ...findings,
        ...ofParameters,
        ...sectionFindings(expanded),
        ...ruleFindings(expanded, scope),
        ...deployOrder(resources, scope).findings,
        ...missingTargets(resources, mapOf(expanded["Outputs"]), scope),
        ...resolveValue(resources, scope, ["Resources"]).findings,
      ];
      for (const problem of locateFindings(document, all)) expect(problem.message).not.toBe("");
    }),
    { numRuns: 1_000 },
  );
});

test("values that refer to values end", () => {
  const stored = (index: number): Json => ({
    Type: "AWS::SSM::Parameter",
    Properties: { Name: `/p${index}`, Value: `{{resolve:ssm:/p${index + 1}}}{{resolve:ssm:/p${index + 1}}}` },
  });
  const written: JsonObject = {
    Mappings: { M: { a: { b: { "Fn::FindInMap": ["M", "a", "b"] } } } },
    Resources: Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`P${index}`, stored(index)])),
  };
  const references = symbolicReferences(new Set());
  const { scope } = createScope(written, { region: "us-east-1", accountId: "0", stackName: "s", references });
  const began = performance.now();
  expect(resolveValue("{{resolve:ssm:/p0}}", scope).findings).toHaveLength(1);
  expect(deployOrder(mapOf(written["Resources"]), scope).findings).toEqual([]);
  const doubled = Array.from({ length: 60 }).reduce<Json>((inner) => ({ "Fn::Sub": ["${a}${a}", { a: inner }] }), "ha");
  expect(new Set(resolveValue(doubled, scope).findings.map(({ rule }) => rule))).toEqual(new Set(["template.too-long"]));
  expect(resolveValue({ "Fn::FindInMap": ["M", "a", "b"] }, scope).findings).toEqual([]);
  expect(performance.now() - began).toBeLessThan(10_000);
});

function mapOf(json: Json | undefined): JsonObject {
  return typeof json === "object" && json !== null && !Array.isArray(json) ? json : {};
}
