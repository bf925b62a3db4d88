import type { DescribeStreamConsumerInput, DescribeStreamConsumerOutput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../kernel/service.ts";
import { consumerAt } from "../consumerAt.ts";
import type { Kinesis } from "../kinesis.ts";

export function describeStreamConsumer(kinesis: Kinesis, input: DescribeStreamConsumerInput, call: Call): DescribeStreamConsumerOutput {
  const { stream, consumer } = consumerAt(kinesis, input, call);
  return {
    ConsumerDescription: {
      ConsumerName: consumer.name,
      ConsumerARN: consumer.arn,
      ConsumerStatus: "ACTIVE",
      ConsumerCreationTimestamp: new Date(consumer.createdAt),
      StreamARN: stream.arn,
    },
  };
}
