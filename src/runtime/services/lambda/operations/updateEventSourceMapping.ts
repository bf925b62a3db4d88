import type { EventSourceMappingConfiguration, UpdateEventSourceMappingRequest } from "@aws-sdk/client-lambda";
import type { Call } from "../../../kernel/service.ts";
import type { Mappings } from "../mapping/mappings.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateEventSourceMapping.html */
export function updateEventSourceMapping(mappings: Mappings) {
  return (input: UpdateEventSourceMappingRequest, call: Call): EventSourceMappingConfiguration => {
    const { isEnabled: wasEnabled } = mappings.get(input.UUID, call.region);
    const mapping = mappings.update(input.UUID ?? "", input, call);
    call.status(202);
    return mappings.describe(mapping, mapping.isEnabled === wasEnabled ? "Updating" : mapping.isEnabled ? "Enabling" : "Disabling");
  };
}
