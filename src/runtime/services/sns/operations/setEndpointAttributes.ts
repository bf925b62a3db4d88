import type { SetEndpointAttributesInput } from "@aws-sdk/client-sns";
import { missing } from "../errors.ts";
import type { Sns } from "../sns.ts";

export function setEndpointAttributes(sns: Sns, input: SetEndpointAttributesInput): void {
  const endpoint = sns.mobile.getEndpoint(input.EndpointArn);
  if (input.Attributes === undefined) throw missing("attributes");
  const attributes = { ...endpoint.attributes, ...input.Attributes };
  sns.mobile.saveEndpoint({ ...endpoint, attributes, token: attributes["Token"] ?? endpoint.token });
}
