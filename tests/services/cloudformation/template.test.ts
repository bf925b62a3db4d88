import { CloudFormationClient, DescribeStacksCommand, ListExportsCommand } from "@aws-sdk/client-cloudformation";
import { GetQueueAttributesCommand, GetQueueUrlCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Deployment, Runtime } from "../../../src/runtime/index.ts";
import { cloudFormationService } from "../../../src/runtime/services/cloudformation/service.ts";
import { iamService } from "../../../src/runtime/services/iam/service.ts";
import { sqsService } from "../../../src/runtime/services/sqs/service.ts";
import { clientOptions, runtimeWith, temporaryFolder } from "../../support/runtime.ts";

// What CloudFormation does with a template before and while it makes resources, seen from outside.

async function started(): Promise<{ runtime: Runtime; sqs: SQSClient; cloudFormation: CloudFormationClient }> {
  const runtime = await runtimeWith([cloudFormationService, iamService, sqsService]);
  return { runtime, sqs: new SQSClient(clientOptions(runtime)), cloudFormation: new CloudFormationClient(clientOptions(runtime)) };
}

function deployment(templateText: string, more: Partial<Deployment> = {}): Deployment {
  return { stackName: "shop", projectDirectory: "/nowhere", templatePath: "template.yaml", templateText, parameters: {}, ...more };
}

async function attributesOf(sqs: SQSClient, name: string): Promise<Record<string, string | undefined>> {
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: name }));
  return (await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }))).Attributes ?? {};
}

test("loops make resources, each of them told of the place where the loop writes it", async () => {
  const { runtime, sqs } = await started();
  const text = (seconds: string): string =>
    `Transform: AWS::LanguageExtensions
Parameters:
  Names: { Type: CommaDelimitedList, Default: "orders,returns" }
Resources:
  Fn::ForEach::Queues:
    - Name
    - !Ref Names
    - Queue\${Name}:
        Type: AWS::SQS::Queue
        DeletionPolicy: !If [Keeps, Retain, Delete]
        Properties:
          QueueName: !Sub "shop-\${Name}"
          VisibilityTimeout: ${seconds}
Conditions: { Keeps: !Equals [a, b] }
Outputs:
  Count: { Value: { Fn::Length: !Ref Names } }
`;
  const { outputs } = await runtime.deploy(deployment(text("7")));
  expect(outputs).toEqual({ Count: "2" });
  expect(await attributesOf(sqs, "shop-returns")).toMatchObject({ VisibilityTimeout: "7" });

  await expect(runtime.deploy(deployment(text("-1"), { parameters: { Names: "one" } }))).rejects.toMatchObject({
    problems: [{ range: { start: { line: 8 } }, message: expect.stringContaining("Queueone") }],
  });
});

test("included files are part of the template before anything is made", async () => {
  const { runtime, sqs } = await started();
  const projectDirectory = await temporaryFolder();
  await mkdir(path.join(projectDirectory, "parts"));
  await writeFile(path.join(projectDirectory, "parts/queue.yaml"), "VisibilityTimeout: !Ref Seconds\nDelaySeconds: 3\n");
  const text = `Parameters: { Seconds: { Type: Number, Default: 9 } }
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: orders
      Fn::Transform: { Name: AWS::Include, Parameters: { Location: parts/queue.yaml } }
`;
  const { files } = await runtime.deploy(deployment(text, { projectDirectory }));
  expect(files).toEqual(["parts/queue.yaml"]);
  expect(await attributesOf(sqs, "orders")).toMatchObject({ VisibilityTimeout: "9", DelaySeconds: "3" });

  await expect(runtime.deploy(deployment(text.replace("parts/queue", "../queue"), { projectDirectory }))).rejects.toMatchObject({
    problems: [{ range: { start: { line: 7 } }, message: expect.stringContaining("../queue.yaml is not in the project's folder") }],
  });
});

test("dynamic references take the values of the template's own parameters and secrets, or the user's", async () => {
  const { runtime, sqs } = await started();
  const text = `Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties: { QueueName: "{{resolve:ssm:/shop/queue}}", VisibilityTimeout: "{{resolve:secretsmanager:far:SecretString:seconds}}" }
  Name: { Type: AWS::SSM::Parameter, Properties: { Name: /shop/queue, Type: String, Value: !Sub "\${Other.QueueName}-too" } }
  Other: { Type: AWS::SQS::Queue, Properties: { QueueName: other } }
  Database: { Type: AWS::RDS::DBInstance, Properties: { MasterUserPassword: "{{resolve:secretsmanager:far:SecretString:password}}" } }
`;
  await expect(runtime.deploy(deployment(text))).rejects.toMatchObject({
    problems: [
      {
        rule: "template.dynamic-reference",
        message: expect.stringContaining('--parameter "resolve:secretsmanager:far:SecretString:seconds=…"'),
        range: { start: { line: 4 } },
      },
    ],
  });
  await runtime.deploy(deployment(text, { parameters: { "resolve:secretsmanager:far": '{"seconds":11}' } }));
  expect(await attributesOf(sqs, "other-too")).toMatchObject({ VisibilityTimeout: "11" });
});

test("rules, false conditions and missing names keep a template from being deployed, each at its place", async () => {
  const { runtime, cloudFormation } = await started();
  const problemsOf = async (rest: string): Promise<unknown> =>
    runtime
      .deploy(
        deployment(
          `Parameters: { Stage: { Type: String, Default: dev } }\nConditions: { IsProd: !Equals [!Ref Stage, prod] }\nResources:\n  A: { Type: AWS::SQS::Queue, Condition: IsProd }\n${rest}`,
        ),
      )
      .catch(({ problems }: { problems: { rule: string; message: string; range: { start: { line: number; column: number } } }[] }) =>
        problems.map(({ rule, range }) => `${range.start.line}:${range.start.column} ${rule}`),
      );
  expect(await problemsOf("Rules:\n  R:\n    Assertions:\n      - Assert: !Equals [!Ref Stage, prod]\n")).toEqual(["8:17 template.rule"]);
  expect(await problemsOf("Outputs:\n  Arn: { Value: !GetAtt A.Arn }\n  Url: { Value: !Ref B }\n")).toEqual([
    "6:25 template.false-condition",
    "7:22 template.missing-reference",
  ]);
  expect((await cloudFormation.send(new DescribeStacksCommand({}))).Stacks).toEqual([]);
});

test("what a stack exports another one imports, and no other may export under that name", async () => {
  const { runtime, sqs, cloudFormation } = await started();
  const exporting = "Resources: { A: { Type: AWS::SQS::Queue } }\nOutputs: { Name: { Value: orders, Export: { Name: shop-queue } } }\n";
  const importing = "Resources: { B: { Type: AWS::SQS::Queue, Properties: { QueueName: !ImportValue shop-queue } } }\n";
  await expect(runtime.deploy(deployment(importing, { stackName: "work" }))).rejects.toThrow(
    "No other stack runs here that exports shop-queue",
  );
  await runtime.deploy(deployment(exporting));
  await runtime.deploy(deployment(importing, { stackName: "work" }));
  expect(await attributesOf(sqs, "orders")).toBeDefined();
  expect((await cloudFormation.send(new ListExportsCommand({}))).Exports).toEqual([
    { ExportingStackId: expect.stringContaining(":stack/shop/"), Name: "shop-queue", Value: "orders" },
  ]);
  await expect(runtime.deploy(deployment(exporting, { stackName: "more" }))).rejects.toThrow(
    "Export with name shop-queue is already exported by stack shop.",
  );
});
