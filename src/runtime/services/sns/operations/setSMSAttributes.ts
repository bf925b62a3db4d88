import type { SetSMSAttributesInput } from "@aws-sdk/client-sns";
import type { Call } from "../../../kernel/service.ts";
import { invalidParameter, missing } from "../errors.ts";
import type { Sns } from "../sns.ts";

/** Kept for the region; no text message is sent by them. */
export function setSMSAttributes(sns: Sns, input: SetSMSAttributesInput, call: Call): Record<string, never> {
  if (input.attributes === undefined) throw missing("attributes");
  const type = input.attributes["DefaultSMSType"];
  if (type !== undefined && type !== "Promotional" && type !== "Transactional")
    throw invalidParameter("DefaultSMSType Reason: must be Promotional or Transactional");
  sns.mobile.saveTextSettings(call.region, { ...sns.mobile.textSettings(call.region), ...input.attributes });
  return {};
}
