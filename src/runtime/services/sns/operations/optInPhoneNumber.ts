import type { OptInPhoneNumberInput } from "@aws-sdk/client-sns";
import { checkPhoneNumber } from "../mobile/mobile.ts";
import type { Sns } from "../sns.ts";

/** Every number is in. */
export function optInPhoneNumber(_sns: Sns, input: OptInPhoneNumberInput): Record<string, never> {
  checkPhoneNumber(input.phoneNumber);
  return {};
}
