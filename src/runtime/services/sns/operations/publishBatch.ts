import type { PublishBatchInput, PublishBatchRequestEntry, PublishBatchResponse, PublishBatchResultEntry } from "@aws-sdk/client-sns";
import { snsLimits } from "../../../../model/limits/sns.ts";
import { AwsError } from "../../../kernel/awsError.ts";
import type { Call } from "../../../kernel/service.ts";
import { missing } from "../errors.ts";
import { checkMessage, maxBytes } from "../publish/checkMessage.ts";
import type { CheckedMessage } from "../publish/checkMessage.ts";
import { publish } from "../publish/publish.ts";
import type { Sns } from "../sns.ts";
import { topicAt } from "../sns.ts";

/** Up to ten messages, in order; what is wrong with one refuses all, as AWS does. */
export async function publishBatch(sns: Sns, input: PublishBatchInput, call: Call): Promise<PublishBatchResponse> {
  const topic = topicAt(sns, input.TopicArn, call.region);
  const entries = checkEntries(input.PublishBatchRequestEntries);
  const successful: PublishBatchResultEntry[] = [];
  const checked = entries.map((entry, index): { entry: PublishBatchRequestEntry; message: CheckedMessage } => ({
    entry,
    message: checkMessage(entry, topic, `publishBatchRequestEntries.${index + 1}.member.`),
  }));
  const bytes = checked.reduce((sum, { message }) => sum + message.bytes, 0);
  if (bytes > maxBytes(topic))
    throw batchError("BatchRequestTooLong", "The length of all the messages put together is more than the limit.");
  for (const { entry, message } of checked) successful.push({ Id: entry.Id, ...(await publish(sns, topic, message, call)) });
  return { Successful: successful, Failed: [] };
}

function checkEntries(entries: PublishBatchRequestEntry[] | undefined): readonly PublishBatchRequestEntry[] {
  if (entries === undefined) throw missing("publishBatchRequestEntries");
  if (entries.length === 0) throw batchError("EmptyBatchRequest", "The batch request doesn't contain any entries.");
  if (entries.length > snsLimits.batchEntries.value)
    throw batchError("TooManyEntriesInBatchRequest", "The batch request contains more entries than permissible.");
  const seen = new Set<string>();
  for (const { Id: id = "" } of entries) {
    if (seen.has(id)) throw batchError("BatchEntryIdsNotDistinct", "Two or more batch entries in the request have the same Id.");
    seen.add(id);
    if (id.length > 80) throw batchError("InvalidBatchEntryId", `The Id of a batch entry in the batch request is too long: ${id}`);
    if (!/^[A-Za-z0-9_-]+$/.test(id))
      throw batchError("InvalidBatchEntryId", `The Id of a batch entry in the batch request contains an impermissible character: ${id}`);
  }
  return entries;
}

function batchError(code: string, message: string): AwsError {
  return new AwsError(code, message);
}
