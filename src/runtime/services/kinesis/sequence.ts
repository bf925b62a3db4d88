// Sequence numbers, shard ids and hash keys as Kinesis writes them.
import { createHash } from "node:crypto";

const firstSequence = 49_600_000_000_000_000_000_000_000_000_000_000_000_000_000_000_000_000_000n;
const recordStep = 10n ** 12n;

export const lastHashKey = 2n ** 128n - 1n;

/** 56 digits that grow with each record; a record's place in the database and its shard can be read from it. */
export function sequenceNumber(record: number, shard: number): string {
  return String(firstSequence + BigInt(record) * recordStep + BigInt(shard) * 16n + 2n);
}

/** The record's place; undefined: no number of this service. */
export function recordOf(sequence: string): number | undefined {
  if (!/^\d{1,128}$/.test(sequence)) return undefined;
  const place = BigInt(sequence) - firstSequence;
  if (place < 0n || place > BigInt(Number.MAX_SAFE_INTEGER) * recordStep) return undefined;
  return Number(place / recordStep);
}

export function shardId(number: number): string {
  return `shardId-${String(number).padStart(12, "0")}`;
}

/** undefined: no shard's id. */
export function shardNumber(id: string): number | undefined {
  const digits = /^shardId-(\d{12})$/.exec(id)?.[1] ?? /^(\d+)$/.exec(id)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** Where a partition key lies among the shards. */
export function hashKey(partitionKey: string): bigint {
  return BigInt(`0x${createHash("md5").update(partitionKey).digest("hex")}`);
}

/** The whole range in equal parts. */
export function evenRanges(count: number): { readonly first: bigint; readonly last: bigint }[] {
  const size = (lastHashKey + 1n) / BigInt(count);
  return Array.from({ length: count }, (_, index) => ({
    first: size * BigInt(index),
    last: index === count - 1 ? lastHashKey : size * BigInt(index + 1) - 1n,
  }));
}
