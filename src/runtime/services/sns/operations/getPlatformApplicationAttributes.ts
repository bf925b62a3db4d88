import type { GetPlatformApplicationAttributesInput, GetPlatformApplicationAttributesResponse } from "@aws-sdk/client-sns";
import type { Call } from "../../../kernel/service.ts";
import type { Sns } from "../sns.ts";

export function getPlatformApplicationAttributes(
  sns: Sns,
  input: GetPlatformApplicationAttributesInput,
  call: Call,
): GetPlatformApplicationAttributesResponse {
  return { Attributes: sns.mobile.getApplication(input.PlatformApplicationArn, call.region).attributes };
}
