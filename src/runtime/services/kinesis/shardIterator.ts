import { kinesisLimits } from "../../../model/limits/kinesis.ts";
import { AwsError } from "../../kernel/awsError.ts";
import { invalidArgument } from "./errors.ts";

/** Where a reader stands in a shard: what a shard iterator says. */
export interface ShardIterator {
  readonly region: string;
  readonly streamName: string;
  readonly shard: number;
  /** Place of the record behind which it goes on. */
  readonly after: number;
  /** When it was given out. */
  readonly at: number;
}

export function writeIterator({ region, streamName, shard, after, at }: ShardIterator): string {
  return Buffer.from(JSON.stringify(["AAAAAAAAAAE", region, streamName, shard, after, at])).toString("base64");
}

export function readIterator(text: string, now: number): ShardIterator {
  const content = parsed(text);
  const [, region, streamName, shard, after, at]: unknown[] = Array.isArray(content) ? content : [];
  if (
    typeof region !== "string" ||
    typeof streamName !== "string" ||
    typeof shard !== "number" ||
    typeof after !== "number" ||
    typeof at !== "number"
  )
    throw invalidArgument("Invalid ShardIterator.");
  if (now - at > kinesisLimits.iteratorSeconds.value * 1000) {
    throw new AwsError(
      "ExpiredIteratorException",
      `Iterator expired. The iterator was created at time ${amazonDate(at)} while right now it is ${amazonDate(now)} which is further in the future than the tolerated delay of ${kinesisLimits.iteratorSeconds.value * 1000} milliseconds.`,
    );
  }
  return { region, streamName, shard, after, at };
}

function amazonDate(milliseconds: number): string {
  return new Date(milliseconds).toUTCString().replace("GMT", "UTC");
}

function parsed(encoded: string): unknown {
  try {
    return JSON.parse(Buffer.from(encoded, "base64").toString("utf8"));
  } catch {
    return undefined;
  }
}
