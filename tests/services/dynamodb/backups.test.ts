import {
  CreateBackupCommand,
  CreateTableCommand,
  DeleteBackupCommand,
  DeleteTableCommand,
  DescribeBackupCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ListBackupsCommand,
  RestoreTableFromBackupCommand,
  RestoreTableToPointInTimeCommand,
  UpdateContinuousBackupsCommand,
} from "@aws-sdk/client-dynamodb";
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteCommand,
} from "@aws-sdk/lib-dynamodb";
import { expect, onTestFinished, test } from "vitest";
import { dynamodbService } from "../../../src/runtime/services/dynamodb/service.ts";
import { clientOptions, runtimeWith, temporaryFolder } from "../../support/runtime.ts";

const minute = 60_000;
const day = 24 * 60 * minute;

async function shop(dataDirectory?: string) {
  const runtime = await runtimeWith([dynamodbService], dataDirectory === undefined ? {} : { dataDirectory });
  runtime.clock.pause();
  const client = new DynamoDBClient(clientOptions(runtime));
  onTestFinished(() => client.destroy());
  const documents = DynamoDBDocumentClient.from(client);
  const items = async (TableName: string) => {
    const { Items = [] } = await documents.send(new ScanCommand({ TableName }));
    return Object.fromEntries(Items.map((item) => [String(item["id"]), item["state"]]));
  };
  const put = (id: string, state: string) => documents.send(new PutCommand({ TableName: "orders", Item: { id, state } }));
  const recover = (PointInTimeRecoveryEnabled: boolean, RecoveryPeriodInDays?: number) =>
    client.send(
      new UpdateContinuousBackupsCommand({
        TableName: "orders",
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled, RecoveryPeriodInDays },
      }),
    );
  const restore = (TargetTableName: string, at: number) =>
    client.send(new RestoreTableToPointInTimeCommand({ SourceTableName: "orders", TargetTableName, RestoreDateTime: new Date(at) }));
  const now = () => runtime.clock.state().now;
  const seconds = () => Math.ceil(now() / 1000) * 1000;
  return { runtime, client, documents, items, put, recover, restore, now, seconds };
}

async function shopWithOrders(dataDirectory?: string) {
  const all = await shop(dataDirectory);
  await all.client.send(
    new CreateTableCommand({
      TableName: "orders",
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: ["id", "state"].map((AttributeName) => ({ AttributeName, AttributeType: "S" as const })),
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      GlobalSecondaryIndexes: [
        { IndexName: "byState", KeySchema: [{ AttributeName: "state", KeyType: "HASH" }], Projection: { ProjectionType: "ALL" } },
      ],
      Tags: [{ Key: "team", Value: "blue" }],
    }),
  );
  return all;
}

test("a table is restored to any moment since recovery was switched on, indexes too", async () => {
  const { client, runtime, documents, items, put, recover, restore, seconds } = await shopWithOrders();
  await put("before", "open");
  const { ContinuousBackupsDescription } = await recover(true, 7);
  expect(ContinuousBackupsDescription).toMatchObject({
    ContinuousBackupsStatus: "ENABLED",
    PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: "ENABLED", RecoveryPeriodInDays: 7 },
  });
  await put("a", "open");
  await runtime.clock.advance(minute);
  const first = seconds();
  await runtime.clock.advance(minute);
  await put("a", "paid");
  await documents.send(new DeleteCommand({ TableName: "orders", Key: { id: "before" } }));
  await runtime.clock.advance(minute);
  const second = seconds();
  await runtime.clock.advance(minute);
  await documents.send(
    new TransactWriteCommand({
      TransactItems: [
        { Put: { TableName: "orders", Item: { id: "b", state: "open" } } },
        { Delete: { TableName: "orders", Key: { id: "a" } } },
      ],
    }),
  );
  await put("before", "again");

  const { TableDescription } = await restore("orders-1", first);
  expect(TableDescription).toMatchObject({ TableStatus: "CREATING", RestoreSummary: { RestoreInProgress: true } });
  await restore("orders-2", second);
  await client.send(
    new RestoreTableToPointInTimeCommand({ SourceTableName: "orders", TargetTableName: "orders-3", UseLatestRestorableTime: true }),
  );
  expect(await items("orders-1")).toEqual({ before: "open", a: "open" });
  expect(await items("orders-2")).toEqual({ a: "paid" });
  expect(await items("orders-3")).toEqual({ b: "open", before: "again" });
  const { Items } = await documents.send(
    new QueryCommand({
      TableName: "orders-1",
      IndexName: "byState",
      KeyConditionExpression: "#s = :s",
      ExpressionAttributeNames: { "#s": "state" },
      ExpressionAttributeValues: { ":s": "open" },
    }),
  );
  expect(Items).toHaveLength(2);
  const { Table } = await client.send(new DescribeTableCommand({ TableName: "orders-1" }));
  expect(Table).toMatchObject({ ItemCount: 2, RestoreSummary: { SourceTableArn: expect.stringContaining("table/orders") } });
});

test("what lies before the recovery window, ahead of the clock, or in a table without recovery is refused", async () => {
  const { runtime, put, recover, restore, now, client } = await shopWithOrders();
  const begin = now();
  await expect(restore("copy", begin)).rejects.toMatchObject({
    name: "PointInTimeRecoveryUnavailableException",
    message: "Point in time recovery is not enabled for table 'orders'",
  });
  await recover(true, 1);
  await put("a", "open");
  await runtime.clock.advance(3 * day);
  await put("b", "open");
  const { ContinuousBackupsDescription: described } = await client.send(new DescribeContinuousBackupsCommand({ TableName: "orders" }));
  expect(described?.PointInTimeRecoveryDescription?.EarliestRestorableDateTime?.getTime()).toBeCloseTo(now() - day, -4);
  for (const at of [begin, now() + minute])
    await expect(restore("copy", at)).rejects.toMatchObject({ name: "InvalidRestoreTimeException" });
  await restore("copy", now() - minute);
  await expect(restore("copy", now() - minute)).rejects.toMatchObject({
    name: "TableAlreadyExistsException",
    message: "Table already exists: copy",
  });
  await expect(recover(true, 36)).rejects.toThrow(
    "1 validation error detected: Value '36' at 'pointInTimeRecoverySpecification.recoveryPeriodInDays' failed to satisfy constraint: Member must have value less than or equal to 35",
  );
  await expect(client.send(new DescribeContinuousBackupsCommand({ TableName: "nowhere" }))).rejects.toMatchObject({
    name: "TableNotFoundException",
    message: "Table not found: nowhere",
  });
});

test("recovery outlives a restart of the runtime", async () => {
  const folder = temporaryFolder();
  const { runtime, put, recover, seconds } = await shopWithOrders(folder);
  await recover(true);
  await put("a", "open");
  await runtime.clock.advance(minute);
  const moment = seconds();
  await runtime.clock.advance(minute);
  await put("a", "paid");
  await runtime.close();

  const { put: putAgain, restore, items } = await shop(folder);
  await putAgain("a", "sent");
  await restore("copy", moment);
  expect(await items("copy")).toEqual({ a: "open" });
});

test("a backup outlives changes and its table, and is restored without indexes when asked", async () => {
  const { client, runtime, documents, items, put } = await shopWithOrders();
  await put("a", "open");
  const { BackupDetails } = await client.send(new CreateBackupCommand({ TableName: "orders", BackupName: "first" }));
  const BackupArn = BackupDetails?.BackupArn;
  expect(BackupDetails).toMatchObject({ BackupName: "first", BackupStatus: "CREATING", BackupType: "USER" });
  expect(BackupArn).toMatch(/^arn:aws:dynamodb:us-east-1:000000000000:table\/orders\/backup\/\d{14}-[0-9a-f]{8}$/);
  await put("a", "paid");
  await runtime.clock.advance(minute);
  await client.send(new CreateBackupCommand({ TableName: "orders", BackupName: "second" }));
  await client.send(new DeleteTableCommand({ TableName: "orders" }));

  const { BackupDescription } = await client.send(new DescribeBackupCommand({ BackupArn }));
  expect(BackupDescription).toMatchObject({
    BackupDetails: { BackupStatus: "AVAILABLE" },
    SourceTableDetails: { TableName: "orders", ItemCount: 1, BillingMode: "PAY_PER_REQUEST" },
    SourceTableFeatureDetails: { GlobalSecondaryIndexes: [{ IndexName: "byState" }] },
  });
  const page = await client.send(new ListBackupsCommand({ TableName: "orders", Limit: 1 }));
  expect(page.BackupSummaries?.map((one) => one.BackupName)).toEqual(["first"]);
  const rest = await client.send(new ListBackupsCommand({ ExclusiveStartBackupArn: page.LastEvaluatedBackupArn }));
  expect(rest.BackupSummaries?.map((one) => one.BackupName)).toEqual(["second"]);

  await client.send(new RestoreTableFromBackupCommand({ BackupArn, TargetTableName: "orders", GlobalSecondaryIndexOverride: [] }));
  expect(await items("orders")).toEqual({ a: "open" });
  const { Table } = await client.send(new DescribeTableCommand({ TableName: "orders" }));
  expect(Table?.GlobalSecondaryIndexes).toBeUndefined();
  expect(Table?.RestoreSummary).toMatchObject({ SourceBackupArn: BackupArn, RestoreInProgress: false });
  await put("b", "open");
  expect((await documents.send(new GetCommand({ TableName: "orders", Key: { id: "b" } }))).Item).toEqual({ id: "b", state: "open" });

  const deleted = await client.send(new DeleteBackupCommand({ BackupArn }));
  expect(deleted.BackupDescription?.BackupDetails?.BackupStatus).toBe("DELETED");
  await expect(client.send(new DescribeBackupCommand({ BackupArn }))).rejects.toMatchObject({
    name: "BackupNotFoundException",
    message: `Backup not found: ${BackupArn}`,
  });
});

test("of a table with recovery that is deleted, a system backup stays 35 days", async () => {
  const { client, runtime, items, put, recover } = await shopWithOrders();
  await recover(true);
  await put("a", "open");
  await client.send(new DeleteTableCommand({ TableName: "orders" }));
  const list = async () => (await client.send(new ListBackupsCommand({ BackupType: "SYSTEM" }))).BackupSummaries ?? [];
  const [saved] = await list();
  expect(saved).toMatchObject({ BackupName: "orders$DeletedTableBackup", BackupType: "SYSTEM" });
  await client.send(new RestoreTableFromBackupCommand({ BackupArn: saved?.BackupArn, TargetTableName: "saved" }));
  expect(await items("saved")).toEqual({ a: "open" });
  await runtime.clock.advance(36 * day);
  expect(await list()).toEqual([]);
});
