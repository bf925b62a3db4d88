import type { GetDataProtectionPolicyInput, GetDataProtectionPolicyResponse } from "@aws-sdk/client-sns";
import type { Call } from "../../../kernel/service.ts";
import type { Sns } from "../sns.ts";
import { topicAt } from "../sns.ts";

export function getDataProtectionPolicy(sns: Sns, input: GetDataProtectionPolicyInput, call: Call): GetDataProtectionPolicyResponse {
  const topic = topicAt(sns, input.ResourceArn, call.region, "ResourceArn");
  return { DataProtectionPolicy: topic.attributes["DataProtectionPolicy"] ?? "" };
}
