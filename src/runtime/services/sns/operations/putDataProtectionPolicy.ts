import type { PutDataProtectionPolicyInput } from "@aws-sdk/client-sns";
import { isJsonObject } from "../../../../model/json.ts";
import type { Call } from "../../../kernel/service.ts";
import { invalidParameter, missing } from "../errors.ts";
import { parseJson } from "../parseJson.ts";
import type { Sns } from "../sns.ts";
import { topicAt } from "../sns.ts";
import { mergedAttributes } from "../topicAttributes.ts";

/** Kept, not enforced. An empty one takes it away. */
export function putDataProtectionPolicy(sns: Sns, input: PutDataProtectionPolicyInput, call: Call): void {
  const topic = topicAt(sns, input.ResourceArn, call.region, "ResourceArn");
  const policy = input.DataProtectionPolicy;
  if (policy === undefined) throw missing("dataProtectionPolicy");
  if (policy !== "" && !isJsonObject(parseJson(policy))) throw invalidParameter("DataProtectionPolicy Reason: failed to parse JSON.");
  const before = topic.attributes;
  topic.attributes = mergedAttributes(before, { DataProtectionPolicy: policy });
  sns.topics.save(topic);
  call.effect({
    action: "update",
    resource: sns.topics.ref(topic),
    key: topic.name,
    before: { attributes: before },
    after: { attributes: topic.attributes },
  });
}
