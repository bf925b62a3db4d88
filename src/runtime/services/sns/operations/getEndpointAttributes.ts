import type { GetEndpointAttributesInput, GetEndpointAttributesResponse } from "@aws-sdk/client-sns";
import type { Sns } from "../sns.ts";

export function getEndpointAttributes(sns: Sns, input: GetEndpointAttributesInput): GetEndpointAttributesResponse {
  return { Attributes: sns.mobile.getEndpoint(input.EndpointArn).attributes };
}
