import type { ListPhoneNumbersOptedOutResponse } from "@aws-sdk/client-sns";

/** Numbers opt out by answering a text message, and none gets one here. */
export function listPhoneNumbersOptedOut(): ListPhoneNumbersOptedOutResponse {
  return { phoneNumbers: [] };
}
