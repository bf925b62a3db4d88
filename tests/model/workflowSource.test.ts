import { expect, test } from "vitest";
import type { Design } from "../../src/model/design/design.ts";
import { deriveDesign } from "../../src/model/design/derive.ts";
import type { TemplateDocument } from "../../src/model/template/document.ts";
import { parseTemplate } from "../../src/model/template/parseTemplate.ts";
import { workflowProblems } from "../../src/model/design/workflows/workflowProblems.ts";
import { workflowSource, type WorkflowSource } from "../../src/model/design/workflows/workflowSource.ts";
import { definitionOf } from "../../src/runtime/services/definitions.ts";
import { english } from "../../src/model/words.ts";

const head = "Transform: AWS::Serverless-2016-10-31\nResources:\n  Flow:\n    Type: AWS::Serverless::StateMachine\n    Properties:\n";
const files: Record<string, string> = {
  "flow.asl.yaml": "StartAt: Go\nStates:\n  Go:\n    Type: Task\n    Resource: ${GoArn}\n    Next: Nowhere\n",
  "flow.asl.json": '{\n  "StartAt": "Go",\n  "States": {\n    "Go": { "Type": "Wait", "Seconds": ${Pause}, "End": true }\n  }\n}\n',
};

function open(properties: string): { template: TemplateDocument; design: Design; source: WorkflowSource } {
  const template = parseTemplate(head + properties, "template.yaml");
  const readText = (path: string): string | undefined => files[path];
  const design = deriveDesign(template, { definitionOf, parameters: {}, readText });
  const [machine] = design.resources;
  if (machine === undefined) throw new Error("the template has no machine");
  return { template, design, source: workflowSource(machine, template, readText) };
}

test("a definition in the template has its states' lines there", () => {
  const { source } = open("      Definition:\n        StartAt: Go\n        States:\n          Go:\n            Type: Succeed\n");
  expect(source).toMatchObject({ file: "template.yaml", trouble: null, definition: { StartAt: "Go" } });
  expect(source.placeOf(["States", "Go"])?.start.line).toBe(9);
});

test("a definition as a block of text has a line of the template for each of its own", () => {
  const text = '{\n  "StartAt": "Go",\n  "States": {\n    "Go": { "Type": "Succeed" }\n  }\n}'.replace(/^/gm, "        ");
  const { source } = open(`      DefinitionString: !Sub |\n${text}\n`);
  expect(source).toMatchObject({ file: "template.yaml", definition: { States: { Go: { Type: "Succeed" } } } });
  expect(source.placeOf(["States", "Go"])?.start.line).toBe(10);
});

test("a definition that a join puts together is drawn, and says why where it cannot be changed", () => {
  const parts =
    '["{\\"StartAt\\":\\"Go\\",\\"States\\":{\\"Go\\":{\\"Type\\":\\"Task\\",\\"Resource\\":\\"", !GetAtt Charge.Arn, "\\",\\"End\\":true}}}"]';
  const { source } = open(`      DefinitionString: !Join ["", ${parts}]\n`);
  expect(source).toMatchObject({
    file: "template.yaml",
    readOnly: null,
    place: { type: "join" },
    definition: { States: { Go: { Resource: "${Charge.Arn}" } } },
  });
  const spaced = open('      DefinitionString: !Join ["\\n", ["StartAt: Go", "States: { Go: { Type: Succeed } }"]]\n').source;
  expect(spaced.definition).toMatchObject({ StartAt: "Go" });
  expect(english(spaced.readOnly ?? "")).toContain("joined by");
});

test("a definition in a file of YAML or JSON keeps what is filled in at the deploy as it is written", () => {
  const yaml = open("      DefinitionUri: ./flow.asl.yaml\n").source;
  expect(yaml).toMatchObject({ file: "flow.asl.yaml", definition: { States: { Go: { Resource: "${GoArn}" } } } });
  expect(yaml.placeOf(["States", "Go"])?.start.line).toBe(3);
  const json = open("      DefinitionUri: flow.asl.json\n").source;
  expect(json.definition).toMatchObject({ States: { Go: { Seconds: "${Pause}" } } });
  expect(english(open("      DefinitionUri: other.asl.json\n").source.trouble ?? "")).toContain("other.asl.json is not in the project");
});

test("a place in the text is a place in the definition, wherever it is written", () => {
  const inline = open("      Definition:\n        StartAt: Go\n        States:\n          Go:\n            Type: Succeed\n").source;
  expect(inline.stepsAt(10, 15)).toEqual(["States", "Go", "Type"]);
  expect(inline.stepsAt(2, 1)).toBeUndefined();
  const text = '{\n  "StartAt": "Go",\n  "States": {\n    "Go": { "Type": "Succeed" }\n  }\n}'.replace(/^/gm, "        ");
  const block = open(`      DefinitionString: !Sub |\n${text}\n`).source;
  expect(block.stepsAt(10, 22)).toEqual(["States", "Go", "Type"]);
  expect(block.stepsAt(3, 5)).toBeUndefined();
  const file = open("      DefinitionUri: flow.asl.json\n").source;
  expect(file.stepsAt(4, 32)).toEqual(["States", "Go", "Seconds"]);
  expect(file.placeOf(["States", "Go"])?.start.line).toBe(4);
});

test("what cannot be read is told at its line", () => {
  const broken = '{\n  "StartAt": "Go",\n  "States": {\n    "Go": { "Type": Succeed }\n  }\n}';
  const problemsOf = (properties: string, text: string) => {
    const { design, template } = open(properties);
    return workflowProblems(design, template, () => text);
  };
  expect(problemsOf("      DefinitionUri: broken.asl.json\n", broken)).toMatchObject([
    { severity: "error", rule: "workflow.syntax", file: "broken.asl.json", resource: "Flow", range: { start: { line: 4 } } },
  ]);
  expect(problemsOf(`      DefinitionString: |\n${broken.replace(/^/gm, "        ")}\n`, "")).toMatchObject([
    { severity: "error", rule: "workflow.syntax", file: "template.yaml", resource: "Flow", range: { start: { line: 10 } } },
  ]);
});

test("problems stand at their line; what is filled in at the deploy is not judged", () => {
  const problems = (properties: string) => {
    const { design, template } = open(properties);
    return workflowProblems(design, template, (path) => files[path]);
  };
  expect(problems("      DefinitionUri: flow.asl.yaml\n")).toMatchObject([
    { severity: "error", file: "flow.asl.yaml", resource: "Flow", range: { start: { line: 6 } } },
    { rule: "workflow.missing-end-state", range: { start: { line: 1 }, end: { line: 1 } } },
  ]);
  expect(problems("      DefinitionUri: flow.asl.json\n")).toEqual([]);
});
