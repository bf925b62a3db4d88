import { logsLimits } from "../../../model/limits/logs.ts";
import { constraint, invalidParameter } from "./errors.ts";
import type { Position } from "./logEvents.ts";

/** A page of a list; the token is a position, sealed in base64 so that nobody counts on it. */
export function cut<Item>(
  items: readonly Item[],
  { limit, nextToken }: { readonly limit?: number | undefined; readonly nextToken?: string | undefined },
): { readonly page: readonly Item[]; readonly nextToken?: string } {
  const size = checkLimit(limit, logsLimits.listed.value);
  const offset = nextToken === undefined ? 0 : positionIn(nextToken).id;
  const end = offset + size;
  return { page: items.slice(offset, end), ...(end < items.length && { nextToken: sealed({ at: 0, id: end }) }) };
}

export function checkLimit(limit: number | undefined, most: number): number {
  if (limit === undefined) return most;
  if (limit < 1) throw constraint(limit, "limit", "Member must have value greater than or equal to 1");
  if (limit > most) throw constraint(limit, "limit", `Member must have value less than or equal to ${most}`);
  return limit;
}

export function sealed({ at, id }: Position): string {
  return Buffer.from(`${at}:${id}`).toString("base64url");
}

export function positionIn(token: string): Position {
  const [, at, id] = /^(-?[\d.e+]+):(\d+)$/.exec(Buffer.from(token, "base64url").toString("utf8")) ?? [];
  if (at === undefined || id === undefined) throw invalidParameter("The specified nextToken is invalid.");
  return { at: Number(at), id: Number(id) };
}
