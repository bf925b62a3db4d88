import {
  CloudFormationClient,
  DescribeStackEventsCommand,
  DescribeStackResourceCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
  ListStackResourcesCommand,
  ListStacksCommand,
} from "@aws-sdk/client-cloudformation";
import { GetQueueAttributesCommand, ListQueuesCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import type { Deployment, Runtime } from "../../../src/runtime/index.ts";
import { cloudFormationService } from "../../../src/runtime/services/cloudformation/service.ts";
import { iamService } from "../../../src/runtime/services/iam/service.ts";
import { sqsService } from "../../../src/runtime/services/sqs/service.ts";
import { clientOptions, runtimeWith, temporaryFolder } from "../../support/runtime.ts";

const services = [cloudFormationService, iamService, sqsService];

function deployment(templateText: string, parameters: Record<string, string> = {}): Deployment {
  return { stackName: "shop", projectDirectory: "/nowhere", templatePath: "template.yaml", templateText, parameters };
}

const template = `
Description: a shop
Parameters:
  Wait: { Type: Number, Default: 5 }
Resources:
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: !Ref Wait
      RedrivePolicy: { deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 3 }
  Dead:
    Type: AWS::SQS::Queue
  Alarms:
    Type: AWS::Foo::Bar
    Properties: { Queue: !Ref Orders }
Outputs:
  QueueUrl: { Value: !Ref Orders, Description: where orders go }
  AlarmsArn: { Value: !GetAtt Alarms.Arn }
`;

async function deployed(): Promise<{ runtime: Runtime; cloudFormation: CloudFormationClient; sqs: SQSClient }> {
  const runtime = await runtimeWith(services);
  return { runtime, cloudFormation: new CloudFormationClient(clientOptions(runtime)), sqs: new SQSClient(clientOptions(runtime)) };
}

test("a template becomes a stack that the AWS SDK can describe", async () => {
  const { runtime, cloudFormation, sqs } = await deployed();
  const result = await runtime.deploy(deployment(template, { Wait: "7" }));
  expect(result.difference).toEqual({ added: expect.arrayContaining(["Orders", "Dead", "Alarms"]), changed: [], removed: [] });
  expect(result.problems).toMatchObject([{ severity: "info", resource: "Alarms", rule: "deploy.not-run" }]);

  const { Stacks: [stack] = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName: "shop" }));
  expect(stack).toMatchObject({
    StackName: "shop",
    StackStatus: "CREATE_COMPLETE",
    Description: "a shop",
    Parameters: [{ ParameterKey: "Wait", ParameterValue: "7" }],
  });
  const url = stack?.Outputs?.find((output) => output.OutputKey === "QueueUrl");
  expect(url).toMatchObject({ OutputValue: result.outputs["QueueUrl"], Description: "where orders go" });
  expect(url?.OutputValue).toMatch(/\/shop-Orders-[A-Z0-9]{12}$/);
  const attributes = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: url?.OutputValue, AttributeNames: ["All"] }));
  expect(attributes.Attributes).toMatchObject({ VisibilityTimeout: "7", RedrivePolicy: expect.stringMatching(/shop-Dead-[A-Z0-9]{12}/) });

  const { StackResourceSummaries } = await cloudFormation.send(new ListStackResourcesCommand({ StackName: "shop" }));
  expect(StackResourceSummaries).toMatchObject(
    ["Dead", "Orders", "Alarms"].map((id) => ({ LogicalResourceId: id, ResourceStatus: "CREATE_COMPLETE" })),
  );
  const { StackResources } = await cloudFormation.send(new DescribeStackResourcesCommand({ PhysicalResourceId: url?.OutputValue }));
  expect(StackResources).toHaveLength(3);
  const { StackResourceDetail } = await cloudFormation.send(
    new DescribeStackResourceCommand({ StackName: "shop", LogicalResourceId: "Orders" }),
  );
  expect(StackResourceDetail).toMatchObject({ PhysicalResourceId: url?.OutputValue, ResourceType: "AWS::SQS::Queue" });
  const { TemplateBody } = await cloudFormation.send(new GetTemplateCommand({ StackName: "shop" }));
  expect(TemplateBody).toBe(template);
  const { StackEvents } = await cloudFormation.send(new DescribeStackEventsCommand({ StackName: "shop" }));
  expect(StackEvents?.at(0)).toMatchObject({ LogicalResourceId: "shop", ResourceStatus: "CREATE_COMPLETE" });
  const { StackSummaries } = await cloudFormation.send(new ListStacksCommand({}));
  expect(StackSummaries).toMatchObject([{ StackName: "shop" }]);
});

test("what is not there is refused in AWS's words", async () => {
  const { cloudFormation } = await deployed();
  const asked = cloudFormation.send(new DescribeStacksCommand({ StackName: "none" }));
  await expect(asked).rejects.toMatchObject({
    name: "ValidationError",
    message: "Stack with id none does not exist",
    $metadata: { httpStatusCode: 400 },
  });
});

test("a second deployment changes only what differs, and messages stay", async () => {
  const { runtime, sqs } = await deployed();
  const first = await runtime.deploy(deployment(template));
  const QueueUrl = String(first.outputs["QueueUrl"]);
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "kept" }));

  const next = template
    .replace("Default: 5", "Default: 9")
    .replace(/ {2}Alarms:\n.*\n.*\n/, "  More:\n    Type: AWS::SQS::Queue\n")
    .replace(/ {2}AlarmsArn.*\n/, "");
  const difference = await runtime.difference(deployment(next));
  expect(difference).toEqual({
    added: ["More"],
    changed: [{ logicalId: "Orders", properties: ["VisibilityTimeout"], isReplaced: false }],
    removed: ["Alarms"],
  });
  const second = await runtime.deploy(deployment(next));
  expect(second.difference).toEqual(difference);
  expect(second.outputs["QueueUrl"]).toBe(QueueUrl);
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["VisibilityTimeout", "ApproximateNumberOfMessages"] }),
  );
  expect(Attributes).toEqual({ VisibilityTimeout: "9", ApproximateNumberOfMessages: "1" });
});

test("a resource that must be replaced gets a new one before the old is deleted", async () => {
  const { runtime, sqs } = await deployed();
  await runtime.deploy(deployment("Resources:\n  Jobs:\n    Type: AWS::SQS::Queue\n"));
  const { difference } = await runtime.deploy(
    deployment("Resources:\n  Jobs:\n    Type: AWS::SQS::Queue\n    Properties: { FifoQueue: true }\n"),
  );
  expect(difference.changed).toEqual([{ logicalId: "Jobs", properties: ["FifoQueue"], isReplaced: true }]);
  const { QueueUrls } = await sqs.send(new ListQueuesCommand({}));
  expect(QueueUrls).toEqual([expect.stringMatching(/shop-Jobs-[A-Z0-9]{12}\.fifo$/)]);
});

test("a failing resource undoes the deployment and the stack from before keeps serving", async () => {
  const { runtime, sqs, cloudFormation } = await deployed();
  await runtime.deploy(deployment(template));
  const broken = `${template.replace("Default: 5", "Default: 8").split("Outputs:")[0]}  Bad:\n    Type: AWS::SQS::Queue\n    DependsOn: [Orders, More]\n    Properties: { QueueName: "no spaces allowed" }\n  More:\n    Type: AWS::SQS::Queue\n`;
  const failing = runtime.deploy(deployment(broken));
  await expect(failing).rejects.toMatchObject({
    name: "DeployError",
    message: expect.stringContaining("Bad (AWS::SQS::Queue) could not be created"),
    problems: [{ resource: "Bad", file: "template.yaml", range: { start: { line: 16 } } }],
  });

  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
  expect(QueueUrls.map((url) => url.split("-")[1]).toSorted()).toEqual(["Dead", "Orders"]);
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: QueueUrls.find((url) => url.includes("Orders")), AttributeNames: ["VisibilityTimeout"] }),
  );
  expect(Attributes).toEqual({ VisibilityTimeout: "5" });
  const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName: "shop" }));
  expect(Stacks).toMatchObject([{ StackStatus: "UPDATE_ROLLBACK_COMPLETE" }]);
  expect((await runtime.deploy(deployment(template))).difference).toEqual({ added: [], changed: [], removed: [] });
});

test("a first deployment that fails leaves nothing behind, and the next may succeed", async () => {
  const { runtime, sqs, cloudFormation } = await deployed();
  await expect(
    runtime.deploy(
      deployment(
        "Resources:\n  A:\n    Type: AWS::SQS::Queue\n  B:\n    Type: AWS::SQS::Queue\n    DependsOn: A\n    Properties: { QueueName: '!' }\n",
      ),
    ),
  ).rejects.toThrow("B (AWS::SQS::Queue)");
  expect((await sqs.send(new ListQueuesCommand({}))).QueueUrls ?? []).toEqual([]);
  expect((await cloudFormation.send(new DescribeStacksCommand({ StackName: "shop" }))).Stacks).toMatchObject([
    { StackStatus: "ROLLBACK_COMPLETE" },
  ]);
  await runtime.deploy(deployment("Resources:\n  A:\n    Type: AWS::SQS::Queue\n"));
  expect((await cloudFormation.send(new DescribeStacksCommand({ StackName: "shop" }))).Stacks).toMatchObject([
    { StackStatus: "CREATE_COMPLETE" },
  ]);
});

test("what its policy retains outlives its place in the template", async () => {
  const { runtime, sqs } = await deployed();
  await runtime.deploy(
    deployment(
      "Resources:\n  Kept:\n    Type: AWS::SQS::Queue\n    DeletionPolicy: Retain\n  Gone:\n    Type: AWS::SQS::Queue\n  Stays:\n    Type: AWS::SQS::Queue\n",
    ),
  );
  const { difference } = await runtime.deploy(deployment("Resources:\n  Stays:\n    Type: AWS::SQS::Queue\n"));
  expect(difference.removed.toSorted()).toEqual(["Gone", "Kept"]);
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
  expect(QueueUrls.map((url) => url.split("-")[1]).toSorted()).toEqual(["Kept", "Stays"]);
});

test("a restart with the same data folder updates the stack and keeps its data", async () => {
  const dataDirectory = temporaryFolder();
  const before = await runtimeWith(services, { dataDirectory });
  const first = await before.deploy(deployment(template));
  await new SQSClient(clientOptions(before)).send(
    new SendMessageCommand({ QueueUrl: String(first.outputs["QueueUrl"]), MessageBody: "kept" }),
  );
  await before.close();

  const after = await runtimeWith(services, { dataDirectory });
  const second = await after.deploy(deployment(template));
  expect(second.difference).toEqual({ added: [], changed: [], removed: [] });
  const { Attributes } = await new SQSClient(clientOptions(after)).send(
    new GetQueueAttributesCommand({ QueueUrl: String(second.outputs["QueueUrl"]), AttributeNames: ["ApproximateNumberOfMessages"] }),
  );
  expect(Attributes).toEqual({ ApproximateNumberOfMessages: "1" });
});

test("a template that cannot be read says where", async () => {
  const { runtime } = await deployed();
  await expect(runtime.deploy(deployment("Resources:\n  A:\n   Type: [\n"))).rejects.toMatchObject({
    name: "DeployError",
    message: expect.stringMatching(/^template\.yaml:\d+:\d+: /),
  });
  await expect(
    runtime.deploy(deployment("Resources:\n  A:\n    Type: AWS::SQS::Queue\n    Properties: { QueueName: !Ref Missing }\n")),
  ).rejects.toMatchObject({
    problems: [{ range: { start: { line: 4 } } }],
  });
});
