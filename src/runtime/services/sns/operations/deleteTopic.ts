import type { DeleteTopicInput } from "@aws-sdk/client-sns";
import { AwsError } from "../../../kernel/awsError.ts";
import type { Call } from "../../../kernel/service.ts";
import type { Sns } from "../sns.ts";
import { topicAt } from "../sns.ts";
import { archiveDays } from "../topicAttributes.ts";

/** With its subscriptions; one that is gone already is no error. A deployment takes an archive away too. */
export function deleteTopic(sns: Sns, input: DeleteTopicInput, call: Call): void {
  const topic = found(() => topicAt(sns, input.TopicArn, call.region));
  if (topic === undefined) return;
  if (archiveDays(topic.attributes) !== null && call.calledBy.type === "client")
    throw new AwsError("InvalidState", "Invalid state: Cannot delete a topic with an ArchivePolicy");
  call.effect({ action: "delete", resource: sns.topics.ref(topic), key: topic.name, before: { attributes: topic.attributes } });
  sns.transact(() => {
    for (const subscription of sns.subscriptions.ofTopic(topic)) sns.subscriptions.delete(subscription);
    sns.messages.forget(topic);
    sns.deduplication.forget(topic.id);
    sns.topics.delete(topic);
  });
}

function found<Result>(get: () => Result): Result | undefined {
  try {
    return get();
  } catch (error) {
    if (error instanceof AwsError && error.code === "NotFound") return undefined;
    throw error;
  }
}
