import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { contrail } from "../support/contrail.ts";
import { temporaryFolder } from "../support/folder.ts";

async function check(template: string | Uint8Array, name = "template.yaml"): Promise<{ code: number | null; lines: string[] }> {
  const folder = await temporaryFolder();
  await mkdir(path.join(folder, "src"));
  await writeFile(path.join(folder, name), template);
  const checking = contrail(["check", folder]);
  const lines: string[] = [];
  for (;;) {
    const line = await checking.nextLine().catch(() => null);
    if (line === null) break;
    lines.push(line);
  }
  return { code: (await checking.exited).code, lines };
}

describe("contrail check", () => {
  it("names file, line, column, severity and what is wrong, and exits with 1 on an error", async () => {
    const { code, lines } = await check(
      "Resources:\n  Jobs:\n    Type: AWS::SQS::Queue\n    Properties:\n      VisibilityTimeout: 99999\n",
    );
    expect(lines).toContainEqual(expect.stringMatching(/^template\.yaml:5:\d+ error .*VisibilityTimeout/));
    expect(code).toBe(1);
  });

  it.each([
    ["a tab for indentation", "Resources:\n  A:\n    Type: AWS::SQS::Queue\n\tProperties: {}\n", /:4:\d+ error/],
    ["a bracket that is never closed", "Resources: {A: [1,\n", /error/],
    ["no Resources", "Description: nothing\n", /^template\.yaml:1:1 error .*Resources/],
    [
      "two faults in the lines where they are",
      "Resources:\n  A: { Type: 5 }\n  B: { Properties: {} }\n",
      /:2:\d+ error .*5[^]*:3:\d+ error .*B has no Type/,
    ],
    [
      "a circle",
      "Resources:\n  A: { Type: AWS::SQS::Queue, DependsOn: B }\n  B: { Type: AWS::SQS::Queue, DependsOn: A }\n",
      /:3:31 error .*A → B → A/,
    ],
    [
      "a file in Latin-1",
      Buffer.from("Description: caf\xe9\nResources: { A: { Type: AWS::SQS::Queue } }\n", "latin1"),
      /^template\.yaml:1:17 error This file is not UTF-8/,
    ],
    ["bytes that are no text", Buffer.from([82, 101, 0, 1, 2, 255, 254, 10, 0]), /^template\.yaml:1:3 error This is no text file[^\n]*$/],
    [
      "twenty megabytes",
      `Resources:\n  A:\n    Type: AWS::SQS::Queue\n${"# filler that goes on and on\n".repeat(700_000)}`,
      /^template\.yaml:1:1 error This template has 20\d{6} characters[^\n]*$/,
    ],
    [
      "a reference to nothing",
      "Resources:\n  A:\n    Type: AWS::SQS::Queue\n    Properties: { QueueName: !Ref Nope }\n",
      /:4:\d+ error .*Nope/,
    ],
  ])("finds %s", async (_name, template, expected) => {
    const { code, lines } = await check(template);
    expect(lines.join("\n")).toMatch(expected);
    expect(code).toBe(1);
  });

  it("reads what editors on Windows write, and JSON", async () => {
    const text = "\uFEFFResources:\r\n  Jobs:\r\n    Type: AWS::SQS::Queue\r\n    Properties: { VisibilityTimeout: 99999 }\r\n";
    expect((await check(text)).lines).toContainEqual(expect.stringMatching(/^template\.yaml:4:19 error VisibilityTimeout/));
    const json = JSON.stringify({ Resources: { Jobs: { Type: "AWS::SQS::Queue", Properties: { VisibilityTimeout: 99_999 } } } }, null, 2);
    expect((await check(json, "template.json")).lines).toContainEqual(expect.stringMatching(/^template\.json:6:9 error VisibilityTimeout/));
    expect((await check(json.replace("{", "{,"), "template.json")).lines).toEqual([
      expect.stringMatching(/^template\.json:1:2 error This is not valid JSON/),
    ]);
  });

  it("asks for no parameter's value: that is for those who run it", async () => {
    const { code, lines } = await check(
      "Parameters:\n  Name: { Type: String }\nResources:\n  Jobs:\n    Type: AWS::SQS::Queue\n    Properties: { QueueName: !Ref Name }\nOutputs: { Url: { Value: !Ref Jobs } }\n",
    );
    expect(lines).toEqual([expect.stringMatching(/^template\.yaml:2:3 info .*Name/)]);
    expect(code).toBe(0);
  });

  it("is content with a good template", async () => {
    const { code, lines } = await check("Resources:\n  Jobs:\n    Type: AWS::SQS::Queue\nOutputs:\n  Url: { Value: !Ref Jobs }\n");
    expect(lines.filter((line) => !line.includes(" info "))).toEqual([]);
    expect(code).toBe(0);
  });

  it("looks into nested templates and the definitions of state machines, where these are written", async () => {
    const folder = await temporaryFolder();
    const write = async (file: string, text: string): Promise<void> => {
      await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
      await writeFile(path.join(folder, file), text);
    };
    await write(
      "template.yaml",
      `Transform: AWS::Serverless-2016-10-31
Resources:
  Jobs: { Type: AWS::SQS::Queue }
  Inner:
    Type: AWS::Serverless::Application
    Properties: { Location: nested/inner.yaml, Parameters: { QueueArn: !GetAtt Jobs.Arn, Size: 12 } }
  Gone: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: nested/gone.yaml } }
`,
    );
    await write(
      "nested/inner.yaml",
      `Transform: AWS::Serverless-2016-10-31
Parameters:
  QueueArn: { Type: String }
  Size: { Type: Number, MaxValue: 10 }
Resources:
  Work:
    Type: AWS::Serverless::Function
    Properties: { CodeUri: src/, Handler: work.handler, Runtime: nodejs24.x, Timeout: 901, Events: { Q: { Type: SQS, Properties: { Queue: !Ref QueueArn } } } }
  Flow:
    Type: AWS::Serverless::StateMachine
    Properties: { DefinitionUri: flows/flow.asl.json }
`,
    );
    await write("nested/src/work.ts", "export async function handler(): Promise<void> {}\n");
    const flow = { StartAt: "Only", States: { Only: { Type: "Pass", Next: "Nowhere" } } };
    await write("nested/flows/flow.asl.json", JSON.stringify(flow, null, 2));

    const checking = contrail(["check", folder]);
    const lines: string[] = [];
    for (let line = await checking.nextLine().catch(() => null); line !== null; line = await checking.nextLine().catch(() => null)) {
      lines.push(line);
    }
    expect((await checking.exited).code).toBe(1);
    const errors = lines.filter((line) => line.includes(" error ")).map((line) => line.replace(/ error .*\[/, " ["));
    expect(errors).toEqual([
      "nested/flows/flow.asl.json:2:3 [workflow.missing-end-state]",
      "nested/flows/flow.asl.json:6:7 [workflow.missing-transition-target]",
      "nested/inner.yaml:4:3 [template.parameter-value]",
      "nested/inner.yaml:8:78 [design.out-of-range]",
      "template.yaml:7:59 [design.template-not-found]",
    ]);
  });
});
