import type { DescribeStreamConsumerInput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../kernel/service.ts";
import type { Consumer } from "./consumers.ts";
import { invalidArgument, notFound } from "./errors.ts";
import type { Kinesis } from "./kinesis.ts";
import { streamAt } from "./kinesis.ts";
import type { Stream } from "./stream.ts";
import { resourceAt } from "./tags.ts";

/** By its own ARN, or by its name and the stream's ARN. */
export function consumerAt(
  kinesis: Kinesis,
  input: DescribeStreamConsumerInput,
  call: Call,
): { readonly stream: Stream; readonly consumer: Consumer } {
  const { ConsumerARN: arn, ConsumerName: name, StreamARN: streamArn } = input;
  if (arn !== undefined) {
    const { stream, consumer } = resourceAt(kinesis, arn);
    if (consumer !== undefined) return { stream, consumer };
    throw notFound(`Consumer ${arn} not found.`);
  }
  if (name === undefined || streamArn === undefined)
    throw invalidArgument("Either ConsumerARN, or both StreamARN and ConsumerName must be specified.");
  const stream = streamAt(kinesis, { StreamARN: streamArn }, call.region);
  const consumer = kinesis.consumers.all(stream).find((one) => one.name === name);
  if (consumer === undefined) throw notFound(`Consumer ${name}, account ${call.accountId} not found.`);
  return { stream, consumer };
}
