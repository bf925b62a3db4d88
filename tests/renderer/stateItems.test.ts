import { expect, test } from "vitest";
import { deriveDesign } from "../../src/model/design/derive.ts";
import { parseTemplate } from "../../src/model/template/parseTemplate.ts";
import { stateItems } from "../../src/renderer/workflow/editing/stateItems.ts";
import { definitionOf } from "../../src/runtime/services/definitions.ts";

test("tasks for a design are called after the operation and the resource", () => {
  const template = `Transform: AWS::Serverless-2016-10-31
Resources:
  Import: { Type: AWS::Serverless::StateMachine, Properties: { DefinitionUri: import.asl.json } }
  Main: { Type: AWS::Serverless::StateMachine, Properties: { DefinitionUri: main.asl.json } }
  Mails: { Type: AWS::SQS::Queue }
  Ship: { Type: AWS::Serverless::Function, Properties: { Handler: app.handler, Runtime: nodejs24.x, CodeUri: src } }
`;
  const { resources } = deriveDesign(parseTemplate(template, "template.yaml"), { definitionOf });
  const items = stateItems(resources, "Main").filter(({ group }) => group === "Tasks for this design");
  expect(items.map(({ title, name }) => [title, name])).toEqual([
    ["Import StartExecution", "Start execution Import"],
    ["Mails SendMessage", "Send message Mails"],
    ["Ship", "Ship"],
  ]);
});
