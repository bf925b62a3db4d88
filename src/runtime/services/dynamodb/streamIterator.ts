import { AwsError } from "../../kernel/awsError.ts";
import { invalid } from "./errors.ts";

const lifeMilliseconds = 15 * 60_000;

/** Where a reader stands in a shard: what a shard iterator says. */
export interface StreamIterator {
  readonly streamArn: string;
  readonly shardId: string;
  /** Sequence after which it goes on. */
  readonly after: number;
  /** When it was given out. */
  readonly at: number;
}

/** `<stream ARN>|1|<base64>`, as AWS's look. */
export function writeIterator({ streamArn, shardId, after, at }: StreamIterator): string {
  return `${streamArn}|1|${Buffer.from(JSON.stringify([shardId, after, at])).toString("base64")}`;
}

export function readIterator(text: string, now: number): StreamIterator {
  const [streamArn = "", version, encoded = "", ...rest] = text.split("|");
  const content = version === "1" && rest.length === 0 ? parsed(encoded) : undefined;
  if (!Array.isArray(content)) throw invalid("Invalid ShardIterator");
  const [shardId, after, at]: unknown[] = content;
  if (typeof shardId !== "string" || typeof after !== "number" || typeof at !== "number") throw invalid("Invalid ShardIterator");
  if (now - at > lifeMilliseconds) {
    throw new AwsError(
      "ExpiredIteratorException",
      "The shard iterator has expired. It was given out more than 15 minutes ago; ask GetShardIterator for a new one.",
    );
  }
  return { streamArn, shardId, after, at };
}

function parsed(encoded: string): unknown {
  try {
    return JSON.parse(Buffer.from(encoded, "base64").toString("utf8"));
  } catch {
    return undefined;
  }
}
