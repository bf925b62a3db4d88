import type { Call } from "../../../kernel/service.ts";
import { atLeast, atMost, checkConstraints, nameConstraints } from "../constraints.ts";
import type { DynamoDb } from "../dynamodb.ts";
import { tableNameOf } from "../tables.ts";

export interface ListStreamsInput {
  readonly TableName?: string;
  readonly Limit?: number;
  readonly ExclusiveStartStreamArn?: string;
}

interface ListStreamsOutput {
  readonly Streams: readonly { readonly StreamArn: string; readonly TableName: string; readonly StreamLabel: string }[];
  readonly LastEvaluatedStreamArn?: string;
}

const maxStreams = 100;

export function listStreams(dynamodb: DynamoDb, input: ListStreamsInput, call: Call): ListStreamsOutput {
  checkConstraints([
    ...(input.TableName === undefined ? [] : nameConstraints(input.TableName, "tableName")),
    atLeast(input.Limit, "limit", 1),
    atMost(input.Limit, "limit", maxStreams),
  ]);
  const name = input.TableName === undefined ? undefined : tableNameOf(input.TableName);
  const after = input.ExclusiveStartStreamArn ?? "";
  const streams = dynamodb.streams
    .list(call.region)
    .filter((stream) => (name === undefined || stream.row.table_name === name) && stream.arn > after)
    .toSorted((one, other) => (one.arn < other.arn ? -1 : 1));
  const page = streams.slice(0, input.Limit ?? maxStreams);
  const last = page.length < streams.length ? page.at(-1) : undefined;
  return {
    Streams: page.map(({ arn, row }) => ({ StreamArn: arn, TableName: row.table_name, StreamLabel: row.label })),
    ...(last && { LastEvaluatedStreamArn: last.arn }),
  };
}
