import type { GetEndpointAttributesInput, GetEndpointAttributesResponse } from "@aws-sdk/client-sns";
import type { Call } from "../../../kernel/service.ts";
import type { Sns } from "../sns.ts";

export function getEndpointAttributes(sns: Sns, input: GetEndpointAttributesInput, call: Call): GetEndpointAttributesResponse {
  return { Attributes: sns.mobile.getEndpoint(input.EndpointArn, call.region).attributes };
}
