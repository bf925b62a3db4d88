import type { EventSourceMappingConfiguration, GetEventSourceMappingRequest } from "@aws-sdk/client-lambda";
import type { Call } from "../../../kernel/service.ts";
import type { Mappings } from "../mapping/mappings.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetEventSourceMapping.html */
export function getEventSourceMapping(mappings: Mappings) {
  return (input: GetEventSourceMappingRequest, call: Call): EventSourceMappingConfiguration =>
    mappings.describe(mappings.get(input.UUID, call.region));
}
