import { validation } from "./errors.ts";

const mostListed = 100;

/** A page of a list; the token is an offset, sealed in base64 so that nobody counts on it. */
export function cut<Item>(
  items: readonly Item[],
  { Limit: limit, NextToken: token }: { readonly Limit?: number | undefined; readonly NextToken?: string | undefined },
): { readonly page: readonly Item[]; readonly NextToken?: string } {
  const offset = token === undefined ? 0 : offsetIn(token);
  const end = offset + (limit ?? mostListed);
  return { page: items.slice(offset, end), ...(end < items.length && { NextToken: Buffer.from(`from:${end}`).toString("base64url") }) };
}

function offsetIn(token: string): number {
  const [, offset] = /^from:(\d+)$/.exec(Buffer.from(token, "base64url").toString("utf8")) ?? [];
  if (offset === undefined) throw validation("Token is invalid.");
  return Number(offset);
}
