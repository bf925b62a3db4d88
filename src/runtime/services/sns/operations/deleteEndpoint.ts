import type { DeleteEndpointInput } from "@aws-sdk/client-sns";
import { missing } from "../errors.ts";
import type { Sns } from "../sns.ts";

/** One that is gone already is no error; subscriptions of it stay. */
export function deleteEndpoint(sns: Sns, input: DeleteEndpointInput): void {
  if (input.EndpointArn === undefined) throw missing("endpointArn");
  sns.mobile.deleteEndpoint(input.EndpointArn);
}
