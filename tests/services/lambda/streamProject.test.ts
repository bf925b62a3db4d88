import { GetItemCommand, PutItemCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { LambdaClient, ListEventSourceMappingsCommand } from "@aws-sdk/client-lambda";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Deployment, Runtime } from "../../../src/runtime/index.ts";
import { cloudFormationService } from "../../../src/runtime/services/cloudformation/service.ts";
import { dynamodbService } from "../../../src/runtime/services/dynamodb/service.ts";
import { iamService } from "../../../src/runtime/services/iam/service.ts";
import { lambda } from "../../../src/runtime/services/lambda/service.ts";
import { sqsService } from "../../../src/runtime/services/sqs/service.ts";
import { eventually } from "../../support/eventually.ts";
import { clientOptions, runtimeWith, temporaryFolder } from "../../support/runtime.ts";

const services = [cloudFormationService, dynamodbService, iamService, lambda, sqsService];

/** Copies each new order into another table, under the name of who does it, with what was seen of it. */
const copier = `
const { DynamoDBClient, PutItemCommand } = require("@aws-sdk/client-dynamodb");
const client = new DynamoDBClient({});
exports.handler = async ({ Records }) => {
  for (const { eventName, dynamodb } of Records) {
    const seen = { S: [eventName, ...Object.keys(dynamodb).filter((name) => name.endsWith("Image"))].join(" ") };
    await client.send(new PutItemCommand({ TableName: "copies", Item: { id: { S: process.env.WHO + "-" + dynamodb.Keys.id.S }, seen } }));
  }
};`;

function project(view: string): Deployment {
  const projectDirectory = temporaryFolder();
  mkdirSync(path.join(projectDirectory, "src"));
  writeFileSync(path.join(projectDirectory, "src", "copy.js"), copier);
  return {
    stackName: "shop",
    projectDirectory,
    templatePath: "template.yaml",
    parameters: {},
    templateText: `
Transform: AWS::Serverless-2016-10-31
Globals:
  Function: { Runtime: nodejs24.x, Handler: copy.handler, CodeUri: src, Timeout: 20 }
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: orders
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
      StreamSpecification: { StreamViewType: ${view} }
  Copies:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: copies
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: id, AttributeType: S }]
      KeySchema: [{ AttributeName: id, KeyType: HASH }]
  Lost: { Type: AWS::SQS::Queue }
  ByEvent:
    Type: AWS::Serverless::Function
    Properties:
      Environment: { Variables: { WHO: event } }
      Policies: [{ DynamoDBCrudPolicy: { TableName: !Ref Copies } }]
      Events:
        Changes:
          Type: DynamoDB
          Properties:
            Stream: !GetAtt Orders.StreamArn
            StartingPosition: TRIM_HORIZON
            BatchSize: 50
            MaximumRetryAttempts: 3
            BisectBatchOnFunctionError: true
            FunctionResponseTypes: [ReportBatchItemFailures]
            FilterCriteria: { Filters: [{ Pattern: '{"eventName":["INSERT"]}' }] }
            DestinationConfig: { OnFailure: { Type: SQS, Destination: !GetAtt Lost.Arn } }
  ByMapping:
    Type: AWS::Serverless::Function
    Properties: { Environment: { Variables: { WHO: mapping } }, Policies: [{ DynamoDBCrudPolicy: { TableName: !Ref Copies } }] }
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: { FunctionName: !Ref ByMapping, EventSourceArn: !GetAtt Orders.StreamArn, StartingPosition: LATEST, ParallelizationFactor: "2" }
`,
  };
}

function clients(runtime: Runtime) {
  const dynamodb = new DynamoDBClient(clientOptions(runtime));
  const functions = new LambdaClient(clientOptions(runtime));
  onTestFinished(() => {
    dynamodb.destroy();
    functions.destroy();
  });
  const put = (id: string) => dynamodb.send(new PutItemCommand({ TableName: "orders", Item: { id: { S: id } } }));
  const seen = async (id: string) =>
    (await dynamodb.send(new GetItemCommand({ TableName: "copies", Key: { id: { S: id } } }))).Item?.["seen"]?.S;
  return { dynamodb, functions, put, seen };
}

test("a table's stream runs the functions that a template connects, across changes of the stream and a restart", async () => {
  const dataDirectory = temporaryFolder();
  const runtime = await runtimeWith(services, { dataDirectory });
  await runtime.deploy(project("NEW_IMAGE"));
  const { put, seen, functions } = clients(runtime);

  await put("first");
  await eventually(async () =>
    expect([await seen("event-first"), await seen("mapping-first")]).toEqual(["INSERT NewImage", "INSERT NewImage"]),
  );
  const { EventSourceMappings: mappings = [] } = await functions.send(new ListEventSourceMappingsCommand({}));
  expect(mappings).toHaveLength(2);
  expect(mappings.find((mapping) => mapping.StartingPosition === "TRIM_HORIZON")).toMatchObject({
    BatchSize: 50,
    MaximumRetryAttempts: 3,
    BisectBatchOnFunctionError: true,
    FunctionResponseTypes: ["ReportBatchItemFailures"],
    DestinationConfig: { OnFailure: { Destination: expect.stringMatching(/^arn:aws:sqs:/) } },
  });

  // one write's trace goes on to what the functions wrote
  await runtime.traces.flush();
  const trace = runtime.traces.list({ limit: 10_000 }).find((candidate) => candidate.title === "PutItem");
  const spans = runtime.traces.get(trace?.traceId ?? "");
  const copies = spans.filter((span) => span.operation === "PutItem" && span.actor.type === "resource");
  expect(copies.map((span) => span.target?.name)).toEqual(["copies", "copies"]);

  await runtime.deploy(project("NEW_AND_OLD_IMAGES"));
  await put("second");
  await eventually(async () =>
    expect([await seen("event-second"), await seen("mapping-second")]).toEqual(["INSERT NewImage", "INSERT NewImage"]),
  );
  // what has run but is not settled yet would come again
  await eventually(() => expect(runtime.traces.list({ limit: 10, outcome: "running" })).toEqual([]));
  await runtime.close();

  const again = await runtimeWith(services, { dataDirectory });
  await again.deploy(project("NEW_AND_OLD_IMAGES"));
  const after = clients(again);
  await after.put("third");
  await eventually(async () =>
    expect([await after.seen("event-third"), await after.seen("mapping-third")]).toEqual(["INSERT NewImage", "INSERT NewImage"]),
  );
  // nothing that was settled before came again
  await again.traces.flush();
  const invocations = again.traces
    .list({ limit: 10_000 }) // each look for a copy is a trace too
    .flatMap((each) => again.traces.get(each.traceId))
    .filter((span) => span.kind === "invocation");
  expect(new Set(invocations.filter((span) => span.startedAt > (trace?.startedAt ?? 0)).map((span) => span.spanId)).size).toBe(6);
});
