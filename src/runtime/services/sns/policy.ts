// A topic's access policy: kept as AWS keeps it, not enforced.
import { isJsonObject } from "../../../model/json.ts";
import type { JsonObject } from "../../../model/json.ts";
import { parseJson } from "./parseJson.ts";
import type { Sns } from "./sns.ts";
import { defaultPolicy } from "./topicAttributes.ts";
import type { Topic } from "./topics.ts";

/** What AddPermission may allow. */
export const publicActions: readonly string[] = [
  "GetTopicAttributes",
  "SetTopicAttributes",
  "AddPermission",
  "RemovePermission",
  "DeleteTopic",
  "Subscribe",
  "ListSubscriptionsByTopic",
  "Publish",
  "Receive",
];

interface Policy extends JsonObject {
  Statement: JsonObject[];
}

export function policyOf(topic: Topic, accountId: string): Policy {
  const policy = parseJson(topic.attributes["Policy"] ?? defaultPolicy(topic.arn, accountId));
  if (!isJsonObject(policy)) return { Version: "2012-10-17", Statement: [] };
  const statements = Array.isArray(policy["Statement"]) ? policy["Statement"] : [];
  return { ...policy, Statement: statements.filter((statement) => isJsonObject(statement)) };
}

export function writePolicy(sns: Sns, topic: Topic, policy: Policy): void {
  topic.attributes = { ...topic.attributes, Policy: JSON.stringify(policy) };
  sns.topics.save(topic);
}
