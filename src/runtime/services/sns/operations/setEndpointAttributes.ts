import type { SetEndpointAttributesInput } from "@aws-sdk/client-sns";
import type { Call } from "../../../kernel/service.ts";
import { missing } from "../errors.ts";
import type { Sns } from "../sns.ts";

export function setEndpointAttributes(sns: Sns, input: SetEndpointAttributesInput, call: Call): void {
  const endpoint = sns.mobile.getEndpoint(input.EndpointArn, call.region);
  if (input.Attributes === undefined) throw missing("attributes");
  const attributes = { ...endpoint.attributes, ...input.Attributes };
  sns.mobile.saveEndpoint({ ...endpoint, attributes, token: attributes["Token"] ?? endpoint.token });
}
