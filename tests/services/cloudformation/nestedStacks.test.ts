import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import {
  CloudFormationClient,
  DescribeStacksCommand,
  ListStackResourcesCommand,
  type Stack,
  type StackResourceSummary,
} from "@aws-sdk/client-cloudformation";
import { GetQueueAttributesCommand, ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { expect, onTestFinished, test } from "vitest";
import { DeployError } from "../../../src/runtime/kernel/deployment.ts";
import { createRuntime, type Deployment, type Runtime } from "../../../src/runtime/index.ts";
import { cloudFormationService } from "../../../src/runtime/services/cloudformation/service.ts";
import { iamService } from "../../../src/runtime/services/iam/service.ts";
import { sqsService } from "../../../src/runtime/services/sqs/service.ts";
import { startRuntime } from "../../../src/runtime/startRuntime.ts";
import { clientOptions, runtimeWith, temporaryFolder } from "../../support/runtime.ts";

const parent = `
Transform: AWS::Serverless-2016-10-31
Parameters:
  Wait: { Type: Number, Default: 7 }
Resources:
  Orders:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: orders/template.yaml
      Parameters: { Wait: !Ref Wait, Tags: [a, b] }
  Jobs:
    Type: AWS::SQS::Queue
    Properties: { RedrivePolicy: { deadLetterTargetArn: !GetAtt Orders.Outputs.DeadArn, maxReceiveCount: 3 } }
Outputs:
  Url: { Value: !GetAtt Orders.Outputs.Url }
`;
const child = `
Parameters:
  Wait: { Type: Number }
  Tags: { Type: CommaDelimitedList }
Resources:
  Queue: { Type: AWS::SQS::Queue, Properties: { VisibilityTimeout: !Ref Wait } }
  Inner: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: ./inner.yaml } }
Outputs:
  Url: { Value: !Ref Queue }
  DeadArn: { Value: !GetAtt Inner.Outputs.Arn }
`;
const inner = `
Resources:
  Dead: { Type: AWS::SQS::Queue }
Outputs:
  Arn: { Value: !GetAtt Dead.Arn }
`;

const files = { "template.yaml": parent, "orders/template.yaml": child, "orders/inner.yaml": inner };

interface Project {
  readonly folder: string;
  write(file: string, text: string): void;
  deployment(text?: string): Deployment;
}

function project(given: Readonly<Record<string, string>>): Project {
  const folder = temporaryFolder();
  const write = (file: string, text: string): void => {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  };
  for (const [file, text] of Object.entries(given)) write(file, text);
  const whole = given["template.yaml"] ?? "";
  return {
    folder,
    write,
    deployment: (templateText = whole) => ({
      stackName: "shop",
      projectDirectory: folder,
      templatePath: "template.yaml",
      templateText,
      parameters: {},
    }),
  };
}

async function started(): Promise<{ runtime: Runtime; cloudFormation: CloudFormationClient; sqs: SQSClient }> {
  const runtime = await runtimeWith([cloudFormationService, iamService, sqsService]);
  return { runtime, cloudFormation: new CloudFormationClient(clientOptions(runtime)), sqs: new SQSClient(clientOptions(runtime)) };
}

async function stacksOf(client: CloudFormationClient): Promise<readonly Stack[]> {
  return (await client.send(new DescribeStacksCommand({}))).Stacks ?? [];
}

async function resourcesOf(client: CloudFormationClient, name: string | undefined): Promise<readonly StackResourceSummary[]> {
  return (await client.send(new ListStackResourcesCommand({ StackName: name }))).StackResourceSummaries ?? [];
}

async function queuesOf(client: SQSClient): Promise<readonly string[]> {
  const { QueueUrls = [] } = await client.send(new ListQueuesCommand({}));
  return QueueUrls.map(
    (url) =>
      url
        .split("/")
        .at(-1)
        ?.replaceAll(/-[A-Z0-9]{12}/g, "") ?? "",
  ).toSorted();
}

async function refusalOf(deploying: Promise<unknown>): Promise<DeployError> {
  const error: unknown = await deploying.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof DeployError)) throw new Error(`Expected a refusal, got ${String(error)}.`);
  return error;
}

test("a nested stack has a name, parameters and outputs of its own, and its children have theirs", async () => {
  const { runtime, cloudFormation, sqs } = await started();
  const { deployment } = project(files);
  const result = await runtime.deploy(deployment());
  expect(result.problems).toEqual([]);
  expect(result.files).toEqual(["orders/template.yaml", "orders/inner.yaml"]);
  expect(result.difference.added.toSorted()).toEqual(["Jobs", "Orders"]);

  const stacks = await stacksOf(cloudFormation);
  const named = (beginning: RegExp): Stack | undefined => stacks.find((stack) => beginning.test(stack.StackName ?? ""));
  const [shop, orders, innermost] = [named(/^shop$/), named(/^shop-Orders-[A-Z0-9]{12}$/), named(/-Inner-[A-Z0-9]{12}$/)];
  expect(orders).toMatchObject({
    StackStatus: "CREATE_COMPLETE",
    ParentId: shop?.StackId,
    RootId: shop?.StackId,
    Parameters: [
      { ParameterKey: "Wait", ParameterValue: "7" },
      { ParameterKey: "Tags", ParameterValue: "a,b" },
    ],
  });
  expect(innermost).toMatchObject({ ParentId: orders?.StackId, RootId: shop?.StackId });
  expect(await resourcesOf(cloudFormation, "shop")).toMatchObject([
    { LogicalResourceId: "Orders", ResourceType: "AWS::CloudFormation::Stack", PhysicalResourceId: orders?.StackId },
    { LogicalResourceId: "Jobs" },
  ]);
  expect((await resourcesOf(cloudFormation, orders?.StackName)).map((resource) => resource.LogicalResourceId).toSorted()).toEqual([
    "Inner",
    "Queue",
  ]);
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: String(result.outputs["Url"]), AttributeNames: ["VisibilityTimeout"] }),
  );
  expect(Attributes).toEqual({ VisibilityTimeout: "7" });
});

test("a change inside the child is deployed, seen before, and undone when something else fails", async () => {
  const { runtime, sqs } = await started();
  const { write, deployment } = project(files);
  await runtime.deploy(deployment());
  expect(await queuesOf(sqs)).toEqual(["shop-Jobs", "shop-Orders-Inner-Dead", "shop-Orders-Queue"]);

  write("orders/template.yaml", child.replace("Resources:", "Resources:\n  Second: { Type: AWS::SQS::Queue }"));
  expect(await runtime.difference(deployment())).toEqual({
    added: [],
    changed: [{ logicalId: "Orders", properties: ["TemplateBody"], isReplaced: false }],
    removed: [],
  });
  const broken = `${parent.replace("Outputs:", "  Bad: { Type: AWS::SQS::Queue, DependsOn: Orders, Properties: { VisibilityTimeout: 999999 } }\nOutputs:")}`;
  expect((await refusalOf(runtime.deploy(deployment(broken)))).problems).toMatchObject([{ resource: "Bad", file: "template.yaml" }]);
  expect(await queuesOf(sqs)).toEqual(["shop-Jobs", "shop-Orders-Inner-Dead", "shop-Orders-Queue"]);

  await runtime.deploy(deployment());
  expect(await queuesOf(sqs)).toEqual(["shop-Jobs", "shop-Orders-Inner-Dead", "shop-Orders-Queue", "shop-Orders-Second"]);
  // Of a template that stays the same, a change in what it names.
  write("orders/inner.yaml", inner.replace("Resources:", "Resources:\n  Third: { Type: AWS::SQS::Queue }"));
  await runtime.deploy(deployment());
  expect(await queuesOf(sqs)).toContain("shop-Orders-Inner-Third");
});

test("a nested stack that is taken out of the template goes with all that is in it", async () => {
  const { runtime, cloudFormation, sqs } = await started();
  const { deployment } = project(files);
  await runtime.deploy(deployment());
  await runtime.deploy(deployment("Resources:\n  Alone: { Type: AWS::SQS::Queue }\n"));
  expect(await queuesOf(sqs)).toEqual(["shop-Alone"]);
  expect((await stacksOf(cloudFormation)).map((stack) => stack.StackName)).toEqual(["shop"]);
});

test("what is wrong in a child is told at the child's file and line, shown on its card, and leaves nothing behind", async () => {
  const { runtime, cloudFormation, sqs } = await started();
  const { write, deployment } = project(files);
  write("orders/inner.yaml", inner.replace("!GetAtt Dead.Arn", "!GetAtt Deed.Arn"));
  const refusal = await refusalOf(runtime.deploy(deployment()));
  expect(refusal.message).toMatch(/^orders\/inner\.yaml:5:\d+: /);
  expect(refusal.problems).toMatchObject([{ file: "orders/inner.yaml", range: { start: { line: 5 } }, resource: "Orders" }]);
  expect(await queuesOf(sqs)).toEqual([]);
  expect((await stacksOf(cloudFormation)).map((stack) => [stack.StackName, stack.StackStatus])).toEqual([["shop", "ROLLBACK_COMPLETE"]]);
});

test("circles, missing files and files outside the project are refused at the resource that names them", async () => {
  const { runtime } = await started();
  const outside = temporaryFolder();
  writeFileSync(path.join(outside, "secret.yaml"), inner);
  const { folder, write, deployment } = project(files);
  symlinkSync(path.join(outside, "secret.yaml"), path.join(folder, "orders/link.yaml"));

  write("orders/inner.yaml", "Resources:\n  Again: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: template.yaml } }\n");
  const circle = await refusalOf(runtime.deploy(deployment()));
  expect(circle.message).toContain("Nested stacks go in a circle: template.yaml → inner.yaml → template.yaml");
  expect(circle.problems).toMatchObject([{ file: "orders/inner.yaml", range: { start: { line: 2 } } }]);

  for (const file of ["nowhere.yaml", "../../secret.yaml", "link.yaml"]) {
    write("orders/template.yaml", child.replace("./inner.yaml", file));
    const refusal = await refusalOf(runtime.deploy(deployment()));
    expect(refusal.message).toContain("is not in the project's folder, or cannot be read.");
    expect(refusal.problems).toMatchObject([{ file: "orders/template.yaml" }]);
  }
});

test("paths in a child are those of its own folder, and what runs inside shows on its card", async () => {
  const runtime = await createRuntime({ seed: 1 });
  onTestFinished(() => runtime.close());
  const { deployment } = project({
    "template.yaml": `
Resources:
  Shop: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: shop/template.yaml } }
Outputs:
  Name: { Value: !GetAtt Shop.Outputs.Name }
`,
    "shop/template.yaml": `
Transform: AWS::Serverless-2016-10-31
Resources:
  Hello: { Type: AWS::Serverless::Function, Properties: { Runtime: nodejs22.x, Handler: index.handler, CodeUri: src/ } }
Outputs:
  Name: { Value: !Ref Hello }
`,
    "shop/src/index.mjs": "export const handler = async () => 'from the shop';\n",
  });
  const result = await runtime.deploy(deployment());
  const lambda = new LambdaClient(clientOptions(runtime));
  const answer = await lambda.send(new InvokeCommand({ FunctionName: String(result.outputs["Name"]) }));
  expect(new TextDecoder().decode(answer.Payload)).toBe('"from the shop"');
  expect(runtime.kernel.resources.all().find((resource) => resource.service === "lambda")).toMatchObject({ logicalId: "Shop" });
});

test("nested stacks outlive a restart: the same stacks and queues, with the addresses of the new process", async () => {
  const dataDirectory = temporaryFolder();
  const { deployment } = project(files);
  const services = [cloudFormationService, iamService, sqsService];
  const first = await startRuntime(services, { seed: 1, dataDirectory });
  const before = await first.deploy(deployment());
  await first.close();
  const second = await runtimeWith(services, { seed: 2, dataDirectory });
  expect(second.kernel.resources.all().filter((resource) => resource.logicalId === "Orders")).toHaveLength(2);
  const after = await second.deploy(deployment());
  expect(after.difference.added).toEqual([]);
  const nameOf = (url: unknown): string | undefined => String(url).split("/").at(-1);
  expect(nameOf(after.outputs["Url"])).toBe(nameOf(before.outputs["Url"]));
  expect(String(after.outputs["Url"]).startsWith(second.endpoint)).toBe(true);
});

test("a template in S3 or in the application repository is kept, and the rest runs", async () => {
  const { runtime, sqs } = await started();
  const { deployment } = project({
    "template.yaml": `
Transform: AWS::Serverless-2016-10-31
Resources:
  There: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: https://s3.amazonaws.com/bucket/there.yaml } }
  Login: { Type: AWS::Serverless::Application, Properties: { Location: { ApplicationId: "arn:aws:serverlessrepo:us-east-1:1:applications/login", SemanticVersion: 1.0.0 } } }
  Here: { Type: AWS::Serverless::Application, Properties: { Location: orders/inner.yaml } }
  Jobs: { Type: AWS::SQS::Queue, Properties: { QueueName: !Select [0, [jobs, !GetAtt There.Outputs.Name]] } }
`,
    "orders/inner.yaml": inner,
  });
  const { problems } = await runtime.deploy(deployment());
  expect(problems.map(({ resource, message }) => [resource, message])).toEqual([
    ["There", "There (AWS::CloudFormation::Stack) is kept, but not run: its template lies in S3. Name a file of the project to run it."],
    [
      "Login",
      "Login (AWS::CloudFormation::Stack) is kept, but not run: its template lies in the AWS Serverless Application Repository. Name a file of the project to run it.",
    ],
  ]);
  expect(await queuesOf(sqs)).toEqual(["jobs", "shop-Here-Dead"]);
});
