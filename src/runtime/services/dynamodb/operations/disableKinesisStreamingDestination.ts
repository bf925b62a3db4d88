import type { KinesisStreamingDestinationInput, KinesisStreamingDestinationOutput } from "@aws-sdk/client-dynamodb";
import type { Call } from "../../../kernel/service.ts";
import { checkConstraints, nameConstraints, required } from "../constraints.ts";
import type { DynamoDb } from "../dynamodb.ts";
import { invalid } from "../errors.ts";

export function disableKinesisStreamingDestination(
  dynamodb: DynamoDb,
  input: KinesisStreamingDestinationInput,
  call: Call,
): KinesisStreamingDestinationOutput {
  const { StreamArn = "" } = input;
  checkConstraints([...nameConstraints(input.TableName, "tableName"), required(input.StreamArn, "streamArn")]);
  const table = dynamodb.tables.get(call.region, input.TableName ?? "");
  const known = table.settings.kinesis ?? [];
  if (!known.some(({ streamArn }) => streamArn === StreamArn))
    throw invalid(
      "Table is not in a valid state to disable Kinesis Streaming Destination: KinesisStreamingDestination must be ACTIVE to perform DISABLE operation.",
    );
  dynamodb.tables.update(table, { ...table.settings, kinesis: known.filter(({ streamArn }) => streamArn !== StreamArn) });
  return { TableName: table.name, StreamArn, DestinationStatus: "DISABLING" };
}
