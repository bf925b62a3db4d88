import {
  DescribeKinesisStreamingDestinationCommand,
  DisableKinesisStreamingDestinationCommand,
  DynamoDBClient,
  EnableKinesisStreamingDestinationCommand,
  UpdateKinesisStreamingDestinationCommand,
} from "@aws-sdk/client-dynamodb";
import { DescribeStreamCommand, GetRecordsCommand, GetShardIteratorCommand, KinesisClient } from "@aws-sdk/client-kinesis";
import { DeleteCommand, DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import { expect, onTestFinished, test } from "vitest";
import { cloudFormationService } from "../../../src/runtime/services/cloudformation/service.ts";
import { dynamodbService } from "../../../src/runtime/services/dynamodb/service.ts";
import { kinesisService } from "../../../src/runtime/services/kinesis/service.ts";
import { eventually } from "../../support/eventually.ts";
import { clientOptions, runtimeWith, temporaryFolder } from "../../support/runtime.ts";

const templateText = `Resources:
  Changes:
    Type: AWS::Kinesis::Stream
    Properties: {Name: changes, ShardCount: 1}
  Orders:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: orders
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
      KinesisStreamSpecification: {StreamArn: !GetAtt Changes.Arn}
`;

async function shop() {
  const runtime = await runtimeWith([cloudFormationService, dynamodbService, kinesisService]);
  await runtime.deploy({
    stackName: "shop",
    templatePath: "template.yaml",
    templateText,
    projectDirectory: temporaryFolder(),
    parameters: {},
  });
  const client = new DynamoDBClient(clientOptions(runtime));
  const kinesis = new KinesisClient(clientOptions(runtime));
  onTestFinished(() => {
    client.destroy();
    kinesis.destroy();
  });
  const records = async () => {
    const { StreamDescription } = await kinesis.send(new DescribeStreamCommand({ StreamName: "changes" }));
    const { ShardIterator } = await kinesis.send(
      new GetShardIteratorCommand({
        StreamName: "changes",
        ShardId: StreamDescription?.Shards?.[0]?.ShardId,
        ShardIteratorType: "TRIM_HORIZON",
      }),
    );
    const { Records = [] } = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
    for (const { PartitionKey } of Records) expect(PartitionKey).toMatch(/^[0-9A-F]{32}$/);
    return Records.map(({ Data }): unknown => JSON.parse(Buffer.from(Data ?? []).toString()));
  };
  return { runtime, client, documents: DynamoDBDocumentClient.from(client), records };
}

test("a table's changes are put to its Kinesis stream, in order, until that is switched off", async () => {
  const { client, documents, records } = await shop();
  const put = (id: string, total: number) => documents.send(new PutCommand({ TableName: "orders", Item: { id, total } }));
  await put("a", 1);
  await put("a", 2);
  await put("a", 2);
  await documents.send(new DeleteCommand({ TableName: "orders", Key: { id: "a" } }));
  await eventually(async () => expect(await records()).toHaveLength(3));
  const [first, second, third] = await records();
  expect(first).toMatchObject({
    awsRegion: "us-east-1",
    eventName: "INSERT",
    userIdentity: null,
    recordFormat: "application/json",
    tableName: "orders",
    eventSource: "aws:dynamodb",
    dynamodb: {
      Keys: { id: { S: "a" } },
      NewImage: { id: { S: "a" }, total: { N: "1" } },
      ApproximateCreationDateTimePrecision: "MILLISECOND",
    },
  });
  expect(second).toMatchObject({ eventName: "MODIFY", dynamodb: { OldImage: { total: { N: "1" } }, NewImage: { total: { N: "2" } } } });
  expect(third).toMatchObject({ eventName: "REMOVE", dynamodb: { OldImage: { total: { N: "2" } } } });

  const { KinesisDataStreamDestinations: destinations } = await client.send(
    new DescribeKinesisStreamingDestinationCommand({ TableName: "orders" }),
  );
  expect(destinations).toMatchObject([{ DestinationStatus: "ACTIVE" }]);
  const StreamArn = destinations?.[0]?.StreamArn;
  await expect(client.send(new EnableKinesisStreamingDestinationCommand({ TableName: "orders", StreamArn }))).rejects.toThrow(
    "EnableKinesisStreamingDestination must be DISABLED or ENABLE_FAILED to perform ENABLE operation.",
  );
  const precise = () =>
    client.send(
      new UpdateKinesisStreamingDestinationCommand({
        TableName: "orders",
        StreamArn,
        UpdateKinesisStreamingConfiguration: { ApproximateCreationDateTimePrecision: "MICROSECOND" },
      }),
    );
  expect((await precise()).DestinationStatus).toBe("UPDATING");
  await expect(precise()).rejects.toThrow("Precision is already set to the desired value of MICROSECOND for tableId: ");
  await client.send(new DisableKinesisStreamingDestinationCommand({ TableName: "orders", StreamArn }));
  await put("b", 1);
  const described = await client.send(new DescribeKinesisStreamingDestinationCommand({ TableName: "orders" }));
  expect(described.KinesisDataStreamDestinations).toMatchObject([
    { StreamArn, DestinationStatus: "DISABLED", ApproximateCreationDateTimePrecision: "MICROSECOND" },
  ]);
  await expect(client.send(new DisableKinesisStreamingDestinationCommand({ TableName: "orders", StreamArn }))).rejects.toThrow(
    "KinesisStreamingDestination must be ACTIVE to perform DISABLE operation.",
  );
  await expect(
    client.send(new EnableKinesisStreamingDestinationCommand({ TableName: "orders", StreamArn: `${StreamArn}-none` })),
  ).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  expect(await records()).toHaveLength(3);

  await client.send(new EnableKinesisStreamingDestinationCommand({ TableName: "orders", StreamArn }));
  await put("c", 1);
  await eventually(async () => expect(await records()).toHaveLength(4));
});
