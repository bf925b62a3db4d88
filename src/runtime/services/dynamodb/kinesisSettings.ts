import type { AwsError } from "../../kernel/awsError.ts";
import type { Call } from "../../kernel/service.ts";
import type { Constraint } from "./constraints.ts";
import { checkConstraints, nameConstraints, oneOf, required } from "./constraints.ts";
import type { DynamoDb } from "./dynamodb.ts";
import { invalid, tableNotFound } from "./errors.ts";
import type { KinesisDestination } from "./kinesisDestinations.ts";
import type { Table } from "./table.ts";

interface StreamingInput {
  readonly TableName?: string | undefined;
  readonly StreamArn?: string | undefined;
}

/** The table that an operation on its Kinesis destinations names. */
export function streamingTable(dynamodb: DynamoDb, input: StreamingInput, call: Call, more: readonly Constraint[] = []): Table {
  checkConstraints([...nameConstraints(input.TableName, "tableName"), required(input.StreamArn, "streamArn"), ...more]);
  const name = input.TableName ?? "";
  const table = dynamodb.tables.find(call.region, name);
  if (!table) throw tableNotFound(name);
  return table;
}

export function precisionConstraint(precision: string | undefined, at: string): Constraint {
  return oneOf(precision, `${at}.approximateCreationDateTimePrecision`, ["MILLISECOND", "MICROSECOND"]);
}

/** Of all operations AWS says that it cannot enable. */
export function badState(reason: string): AwsError {
  return invalid(`Table is not in a valid state to enable Kinesis Streaming Destination: ${reason}`);
}

/** Destinations that are switched on. */
export function activeDestinations({ settings }: Table): readonly KinesisDestination[] {
  return (settings.kinesis ?? []).filter(({ isDisabled }) => !isDisabled);
}

/** A destination as it is to be, in place of what was known of its stream. */
export function setDestination(dynamodb: DynamoDb, table: Table, destination: KinesisDestination): void {
  const others = (table.settings.kinesis ?? []).filter(({ streamArn }) => streamArn !== destination.streamArn);
  dynamodb.tables.update(table, { ...table.settings, kinesis: [...others, destination] });
}
