import type { BatchResultErrorEntry } from "@aws-sdk/client-sqs";
import { sqsLimits } from "../../../model/limits/sqs.ts";
import { AwsError } from "../../kernel/awsError.ts";
import type { Stores } from "./sqs.ts";

interface Entry {
  readonly Id?: string | undefined;
}

/** Checks a batch as a whole; what is wrong with one entry only fails that entry. */
export function checkBatch<E extends Entry>(entries: readonly E[] | undefined, entryType: string): readonly E[] {
  if (!entries || entries.length === 0) {
    throw new AwsError("EmptyBatchRequest", `There should be at least one ${entryType} in the request.`);
  }
  if (entries.length > sqsLimits.batchEntries.value) {
    throw new AwsError(
      "TooManyEntriesInBatchRequest",
      `Maximum number of entries per request are ${sqsLimits.batchEntries.value}. You have sent ${entries.length}.`,
    );
  }
  const seen = new Set<string>();
  for (const { Id: id = "" } of entries) {
    if (!/^[A-Za-z0-9_-]{1,80}$/.test(id)) {
      throw new AwsError(
        "InvalidBatchEntryId",
        "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.",
      );
    }
    if (seen.has(id)) throw new AwsError("BatchEntryIdsNotDistinct", `Id ${id} repeated.`);
    seen.add(id);
  }
  return entries;
}

/** Does each entry on its own, all of them in one write, and answers as all batch operations do. */
export function eachEntry<E extends Entry, R>(sqs: Stores, entries: readonly E[], run: (entry: E) => R): BatchAnswer<R> {
  return sqs.messages.transact(() => answers(entries, run));
}

function answers<E extends Entry, R>(entries: readonly E[], run: (entry: E) => R): BatchAnswer<R> {
  const successful: (R & { Id: string })[] = [];
  const failed: BatchResultErrorEntry[] = [];
  for (const entry of entries) {
    const Id = entry.Id ?? "";
    try {
      successful.push({ ...run(entry), Id });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      failed.push({ Id, Code: error.code, Message: error.message, SenderFault: error.status < 500 });
    }
  }
  return { Successful: successful.length > 0 ? successful : undefined, Failed: failed.length > 0 ? failed : undefined };
}

/** What is empty is left out, as AWS does. */
interface BatchAnswer<R> {
  readonly Successful: (R & { Id: string })[] | undefined;
  readonly Failed: BatchResultErrorEntry[] | undefined;
}
