import type { KinesisStreamingDestinationInput, KinesisStreamingDestinationOutput } from "@aws-sdk/client-dynamodb";
import type { Call } from "../../../kernel/service.ts";
import type { DynamoDb } from "../dynamodb.ts";
import { activeDestinations, badState, setDestination, streamingTable } from "../kinesisSettings.ts";

export function disableKinesisStreamingDestination(
  dynamodb: DynamoDb,
  input: KinesisStreamingDestinationInput,
  call: Call,
): KinesisStreamingDestinationOutput {
  const { StreamArn = "" } = input;
  const table = streamingTable(dynamodb, input, call);
  const destination = activeDestinations(table).find(({ streamArn }) => streamArn === StreamArn);
  if (!destination) throw badState("KinesisStreamingDestination must be ACTIVE to perform DISABLE operation.");
  setDestination(dynamodb, table, { ...destination, isDisabled: true });
  return { TableName: table.name, StreamArn, DestinationStatus: "DISABLING" };
}
