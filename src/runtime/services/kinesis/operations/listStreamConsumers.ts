import type { ListStreamConsumersInput, ListStreamConsumersOutput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../kernel/service.ts";
import { required } from "../errors.ts";
import type { Kinesis } from "../kinesis.ts";
import { streamAt } from "../kinesis.ts";

export function listStreamConsumers(kinesis: Kinesis, input: ListStreamConsumersInput, call: Call): ListStreamConsumersOutput {
  const stream = streamAt(kinesis, { StreamARN: required(input.StreamARN, "streamARN") }, call.region);
  const limit = input.MaxResults ?? 100;
  const after = input.NextToken === undefined ? "" : Buffer.from(input.NextToken, "base64").toString("utf8");
  const consumers = kinesis.consumers.all(stream).filter(({ name }) => name > after);
  const page = consumers.slice(0, limit);
  const last = page.at(-1);
  return {
    Consumers: page.map(({ name, arn, createdAt }) => ({
      ConsumerName: name,
      ConsumerARN: arn,
      ConsumerStatus: "ACTIVE",
      ConsumerCreationTimestamp: new Date(createdAt),
    })),
    ...(consumers.length > limit && last !== undefined ? { NextToken: Buffer.from(last.name).toString("base64") } : {}),
  };
}
