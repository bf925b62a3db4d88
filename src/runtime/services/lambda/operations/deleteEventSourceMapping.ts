import type { DeleteEventSourceMappingRequest, EventSourceMappingConfiguration } from "@aws-sdk/client-lambda";
import type { Call } from "../../../kernel/service.ts";
import type { Mappings } from "../mapping/mappings.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_DeleteEventSourceMapping.html */
export function deleteEventSourceMapping(mappings: Mappings) {
  return (input: DeleteEventSourceMappingRequest, call: Call): EventSourceMappingConfiguration => {
    const mapping = mappings.delete(input.UUID ?? "", call.region);
    call.status(202);
    return mappings.describe(mapping, "Deleting");
  };
}
