import type { UpdateEventBusRequest, UpdateEventBusResponse } from "@aws-sdk/client-eventbridge";
import type { Call } from "../../../kernel/service.ts";
import type { Events } from "../events.ts";

export function updateEventBus(events: Events, input: UpdateEventBusRequest, call: Call): UpdateEventBusResponse {
  const bus = events.buses.get(call.region, input.Name);
  events.buses.save({
    ...bus,
    ...(input.Description !== undefined && { description: input.Description }),
    ...(input.KmsKeyIdentifier !== undefined && { kmsKeyIdentifier: input.KmsKeyIdentifier }),
    ...(input.DeadLetterConfig?.Arn !== undefined && { deadLetterArn: input.DeadLetterConfig.Arn }),
    modifiedAt: call.now(),
  });
  return {
    Arn: bus.arn,
    Name: bus.name,
    ...(input.Description !== undefined && { Description: input.Description }),
    ...(input.KmsKeyIdentifier !== undefined && { KmsKeyIdentifier: input.KmsKeyIdentifier }),
    ...(input.DeadLetterConfig !== undefined && { DeadLetterConfig: input.DeadLetterConfig }),
  };
}
