import type { RegisterStreamConsumerInput, RegisterStreamConsumerOutput } from "@aws-sdk/client-kinesis";
import { kinesisLimits as limits } from "../../../../model/limits/kinesis.ts";
import type { Call } from "../../../kernel/service.ts";
import { inUse, limitExceeded, required } from "../errors.ts";
import type { Kinesis } from "../kinesis.ts";
import { streamAt } from "../kinesis.ts";
import { checkTags } from "../tags.ts";

export function registerStreamConsumer(kinesis: Kinesis, input: RegisterStreamConsumerInput, call: Call): RegisterStreamConsumerOutput {
  const name = required(input.ConsumerName, "consumerName");
  const stream = streamAt(kinesis, { StreamARN: required(input.StreamARN, "streamARN") }, call.region);
  const there = kinesis.consumers.all(stream);
  if (there.some((consumer) => consumer.name === name))
    throw inUse(`Consumer ${name} under stream ${stream.name} already exists for account ${call.accountId}.`);
  if (there.length >= limits.consumersPerStream.value)
    throw limitExceeded(`Stream ${stream.name} has the most consumers that a stream may have: ${limits.consumersPerStream.value}.`);
  const tags = { ...input.Tags };
  checkTags(tags);
  const consumer = kinesis.consumers.add(stream, name, tags, call.now());
  return {
    Consumer: {
      ConsumerName: name,
      ConsumerARN: consumer?.arn,
      // it is there at once; a client that waits for ACTIVE gets that from DescribeStreamConsumer
      ConsumerStatus: "CREATING",
      ConsumerCreationTimestamp: new Date(call.now()),
    },
  };
}
