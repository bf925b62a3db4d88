import { checkRange } from "./messageContent.ts";
import type { Queue } from "./queues.ts";

const most = 1000;

/** Queues in the order of their names, after the one that the token names. Who gives no MaxResults gets the first thousand and no token. */
export function pageOfQueues(
  queues: readonly Queue[],
  { MaxResults: limit, NextToken: token }: { readonly MaxResults?: number | undefined; readonly NextToken?: string | undefined },
): { readonly page: readonly Queue[]; readonly next: { readonly NextToken?: string } } {
  checkRange("MaxResults", limit, 1, most, `MaxResults must be an integer between 1 and ${most}, if provided.`);
  const after = token === undefined ? "" : Buffer.from(token, "base64").toString("utf8");
  const found = queues.filter(({ name }) => name > after).sort((one, other) => (one.name < other.name ? -1 : 1));
  const page = found.slice(0, limit ?? most);
  const last = page.at(-1);
  const hasMore = limit !== undefined && last !== undefined && page.length < found.length;
  return { page, next: hasMore ? { NextToken: Buffer.from(last.name).toString("base64") } : {} };
}
