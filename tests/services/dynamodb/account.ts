import { CreateTableCommand, DynamoDBClient, type CreateTableCommandInput } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { onTestFinished } from "vitest";
import type { RuntimeOptions } from "../../../src/runtime/index.ts";
import type { Service } from "../../../src/runtime/kernel/service.ts";
import { dynamodbService } from "../../../src/runtime/services/dynamodb/service.ts";
import { clientOptions, runtimeWith } from "../../support/runtime.ts";

/** A runtime with DynamoDB, and its clients, for one test. */
export async function account(others: readonly Service[] = [], options: RuntimeOptions = {}) {
  const runtime = await runtimeWith([...others, dynamodbService], options);
  const client = new DynamoDBClient(clientOptions(runtime));
  onTestFinished(() => client.destroy());
  /** `key` as in "customer:S number:N": the partition key, then the sort key; whatever else there is in `more`. */
  const create = (TableName: string, key: string, more: Partial<CreateTableCommandInput> = {}) => {
    const attributes = key.split(" ").map((part) => part.split(":"));
    return client.send(
      new CreateTableCommand({
        TableName,
        BillingMode: "PAY_PER_REQUEST",
        KeySchema: attributes.map(([AttributeName = ""], index) => ({ AttributeName, KeyType: index === 0 ? "HASH" : "RANGE" })),
        ...more,
        AttributeDefinitions: [
          ...attributes.map(([AttributeName = "", type]) => ({ AttributeName, AttributeType: type as "S" })),
          ...(more.AttributeDefinitions ?? []),
        ],
      }),
    );
  };
  return { runtime, client, documents: DynamoDBDocumentClient.from(client), create };
}
