import type { DeregisterStreamConsumerInput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../kernel/service.ts";
import { consumerAt } from "../consumerAt.ts";
import type { Kinesis } from "../kinesis.ts";

export function deregisterStreamConsumer(kinesis: Kinesis, input: DeregisterStreamConsumerInput, call: Call): void {
  const { stream, consumer } = consumerAt(kinesis, input, call);
  kinesis.consumers.delete(stream, consumer.name);
}
