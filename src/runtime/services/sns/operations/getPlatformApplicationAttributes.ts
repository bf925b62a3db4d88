import type { GetPlatformApplicationAttributesInput, GetPlatformApplicationAttributesResponse } from "@aws-sdk/client-sns";
import type { Sns } from "../sns.ts";

export function getPlatformApplicationAttributes(
  sns: Sns,
  input: GetPlatformApplicationAttributesInput,
): GetPlatformApplicationAttributesResponse {
  return { Attributes: sns.mobile.getApplication(input.PlatformApplicationArn).attributes };
}
