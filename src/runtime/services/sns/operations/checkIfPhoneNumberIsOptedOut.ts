import type { CheckIfPhoneNumberIsOptedOutInput, CheckIfPhoneNumberIsOptedOutResponse } from "@aws-sdk/client-sns";
import { checkPhoneNumber } from "../mobile/mobile.ts";
import type { Sns } from "../sns.ts";

/** Numbers opt out by answering a text message, and none gets one here. */
export function checkIfPhoneNumberIsOptedOut(_sns: Sns, input: CheckIfPhoneNumberIsOptedOutInput): CheckIfPhoneNumberIsOptedOutResponse {
  checkPhoneNumber(input.phoneNumber);
  return { isOptedOut: false };
}
