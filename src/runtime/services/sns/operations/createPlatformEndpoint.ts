import type { CreateEndpointResponse, CreatePlatformEndpointInput } from "@aws-sdk/client-sns";
import type { Call } from "../../../kernel/service.ts";
import { invalidParameter } from "../errors.ts";
import type { Attributes } from "../mobile/mobile.ts";
import type { Sns } from "../sns.ts";

/** The same token with the same attributes is the same endpoint. */
export function createPlatformEndpoint(sns: Sns, input: CreatePlatformEndpointInput, call: Call): CreateEndpointResponse {
  const { arn: application } = sns.mobile.getApplication(input.PlatformApplicationArn, call.region);
  const token = input.Token;
  if (token === undefined || token === "") throw invalidParameter("Token Reason: no value for required parameter");
  const attributes: Attributes = {
    Token: token,
    Enabled: "true",
    ...(input.CustomUserData === undefined ? {} : { CustomUserData: input.CustomUserData }),
    ...input.Attributes,
  };
  const existing = sns.mobile.endpointWithToken(application, token);
  if (existing !== undefined) {
    if (isSame(existing.attributes, attributes)) return { EndpointArn: existing.arn };
    throw invalidParameter(`Token Reason: Endpoint ${existing.arn} already exists with the same Token, but different attributes.`);
  }
  const arn = `${application.replace(":app/", ":endpoint/")}/${call.kernel.ids.uuid()}`;
  sns.mobile.saveEndpoint({ arn, application, token, attributes });
  return { EndpointArn: arn };
}

function isSame(one: Attributes, other: Attributes): boolean {
  return ["Enabled", "CustomUserData"].every((name) => one[name] === other[name]);
}
