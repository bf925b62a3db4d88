import type { GetSMSAttributesInput, GetSMSAttributesResponse } from "@aws-sdk/client-sns";
import type { Call } from "../../../kernel/service.ts";
import type { Sns } from "../sns.ts";

export function getSMSAttributes(sns: Sns, input: GetSMSAttributesInput, call: Call): GetSMSAttributesResponse {
  const wanted = input.attributes ?? [];
  const all = Object.entries(sns.mobile.textSettings(call.region));
  return { attributes: Object.fromEntries(all.filter(([name]) => wanted.length === 0 || wanted.includes(name))) };
}
