import { expect, onTestFinished, test } from "vitest";
import { createRuntime } from "../../../src/runtime/index.ts";

test("functions with the same code are created side by side", async () => {
  const runtime = await createRuntime({ seed: 1 });
  onTestFinished(() => runtime.close());
  const names = ["A", "B", "C", "D", "E", "F"];
  const one = (name: string): string =>
    `  ${name}: { Type: AWS::Serverless::Function, Properties: { Runtime: nodejs22.x, Handler: index.handler, InlineCode: "exports.handler = async () => 1" } }\n`;
  const templateText = `Transform: AWS::Serverless-2016-10-31\nResources:\n${names.map(one).join("")}`;
  const result = await runtime.deploy({
    stackName: "same",
    projectDirectory: "/nowhere",
    templatePath: "template.yaml",
    templateText,
    parameters: {},
  });
  expect(result.difference.added).toEqual(expect.arrayContaining(names));
  expect(result.problems).toEqual([]);
});
