// A runtime with a table that has a stream, and the stream read over HTTP, for the tests of this folder.
import type { CreateTableCommandInput } from "@aws-sdk/client-dynamodb";
import type { Runtime, RuntimeOptions } from "../../../src/runtime/index.ts";
import { account } from "./account.ts";

export interface WireRecord {
  readonly eventID: string;
  readonly eventName: string;
  readonly userIdentity?: { readonly PrincipalId: string; readonly Type: string };
  readonly dynamodb: {
    readonly Keys: Record<string, unknown>;
    readonly NewImage?: Record<string, unknown>;
    readonly OldImage?: Record<string, unknown>;
    readonly SequenceNumber: string;
    readonly SizeBytes: number;
    readonly StreamViewType: string;
    readonly ApproximateCreationDateTime: number;
  };
}

export interface WireShard {
  readonly ShardId: string;
  readonly ParentShardId?: string;
  readonly SequenceNumberRange: { readonly StartingSequenceNumber: string; readonly EndingSequenceNumber?: string };
}

export type Streams = Awaited<ReturnType<typeof streamsOf>>;

export async function tableWithStream(
  view = "NEW_AND_OLD_IMAGES",
  more: Partial<CreateTableCommandInput> = {},
  options: RuntimeOptions = {},
) {
  const { runtime, client, documents, create } = await account([], options);
  await create("orders", "id:S", { StreamSpecification: { StreamEnabled: true, StreamViewType: view as "KEYS_ONLY" }, ...more });
  return { runtime, client, documents, streams: await streamsOf(runtime, "orders") };
}

/** The DynamoDB Streams API as it is on the wire. */
export async function streamsOf(runtime: Runtime, tableName: string) {
  const call = async <Output>(operation: string, input: object): Promise<Output> => {
    const response = await fetch(runtime.endpoint, {
      method: "POST",
      headers: { "content-type": "application/x-amz-json-1.0", "x-amz-target": `DynamoDBStreams_20120810.${operation}` },
      body: JSON.stringify(input),
    });
    const answer = (await response.json()) as { __type?: string; message?: string };
    if (!response.ok) throw Object.assign(new Error(answer.message), { name: answer.__type?.split("#")[1], type: answer.__type });
    return answer as Output;
  };
  const { Streams } = await call<{ Streams: { StreamArn: string }[] }>("ListStreams", { TableName: tableName });
  const arn = Streams.at(-1)?.StreamArn ?? "";
  const describe = async () =>
    (await call<{ StreamDescription: { Shards: WireShard[]; StreamStatus: string } }>("DescribeStream", { StreamArn: arn }))
      .StreamDescription;
  const iterator = async (type: string, sequenceNumber?: string, shard?: string): Promise<string> => {
    const { ShardIterator } = await call<{ ShardIterator: string }>("GetShardIterator", {
      StreamArn: arn,
      ShardId: shard ?? (await describe()).Shards.at(-1)?.ShardId,
      ShardIteratorType: type,
      SequenceNumber: sequenceNumber,
    });
    return ShardIterator;
  };
  const read = (shardIterator: string, limit?: number) =>
    call<{ Records: WireRecord[]; NextShardIterator?: string }>("GetRecords", { ShardIterator: shardIterator, Limit: limit });
  /** All that is there, shard after shard. */
  const all = async (): Promise<WireRecord[]> => {
    const records: WireRecord[] = [];
    for (const { ShardId } of (await describe()).Shards) {
      let next: string | undefined = await iterator("TRIM_HORIZON", undefined, ShardId);
      while (next !== undefined) {
        const page: { Records: WireRecord[]; NextShardIterator?: string } = await read(next);
        records.push(...page.Records);
        next = page.Records.length > 0 ? page.NextShardIterator : undefined;
      }
    }
    return records;
  };
  return { call, arn, describe, iterator, read, all };
}
