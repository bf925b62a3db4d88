import type { KinesisStreamingDestinationInput } from "@aws-sdk/client-dynamodb";
import type { Call } from "../../../kernel/service.ts";
import { checkConstraints, nameConstraints, required } from "../constraints.ts";
import type { DynamoDb } from "../dynamodb.ts";
import { invalid } from "../errors.ts";

/** Tables do not write to Kinesis yet; who asks for it is told so. */
export function enableKinesisStreamingDestination(dynamodb: DynamoDb, input: KinesisStreamingDestinationInput, call: Call): never {
  checkConstraints([...nameConstraints(input.TableName, "tableName"), required(input.StreamArn, "streamArn")]);
  dynamodb.tables.get(call.region, input.TableName ?? "");
  throw invalid(
    "Contrail does not write a table's changes to Kinesis yet. Use the table's own stream: its records are the same, and functions and pipes read it.",
  );
}
