import type { DescribeEventBusRequest, DescribeEventBusResponse } from "@aws-sdk/client-eventbridge";
import type { Call } from "../../../kernel/service.ts";
import { describeBus } from "../describe.ts";
import type { Events } from "../events.ts";

export function describeEventBus(events: Events, input: DescribeEventBusRequest, call: Call): DescribeEventBusResponse {
  const bus = events.buses.get(call.region, input.Name);
  return {
    ...describeBus(bus),
    ...(bus.kmsKeyIdentifier !== undefined && { KmsKeyIdentifier: bus.kmsKeyIdentifier }),
    ...(bus.deadLetterArn !== undefined && { DeadLetterConfig: { Arn: bus.deadLetterArn } }),
  };
}
