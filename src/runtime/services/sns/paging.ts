import { invalidParameter } from "./errors.ts";

const pageSize = 100;

/** A page of a hundred, after the one that the token names; in the order of their keys. */
export function pageOf<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  token: string | undefined,
): { readonly page: readonly Item[]; readonly next: string | undefined } {
  const after = token === undefined ? undefined : Buffer.from(token, "base64").toString("utf8");
  const start = after === undefined ? 0 : items.findIndex((item) => keyOf(item) === after) + 1;
  if (after !== undefined && start === 0) throw invalidParameter("NextToken");
  const page = items.slice(start, start + pageSize);
  const last = page.at(-1);
  const hasMore = last !== undefined && start + pageSize < items.length;
  return { page, next: hasMore ? Buffer.from(keyOf(last)).toString("base64") : undefined };
}
