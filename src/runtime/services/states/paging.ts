import { constraint, invalidToken } from "./errors.ts";

/** A page of a list: tokens are positions, sealed in base64 so that nobody counts on them. */
export interface PageRequest {
  readonly maxResults?: number | undefined;
  readonly nextToken?: string | undefined;
}

const most = 1000;
const usual = 100;

/** Checks the request; 0 and nothing mean the service's own number. */
export function pageOf(request: PageRequest, maxTokenCharacters = 1024): { readonly offset: number; readonly limit: number } {
  const { maxResults, nextToken } = request;
  if (maxResults !== undefined && maxResults > most)
    throw constraint(maxResults, "maxResults", `Member must have value less than or equal to ${most}`);
  if (maxResults !== undefined && maxResults < 0)
    throw constraint(maxResults, "maxResults", "Member must have value greater than or equal to 0");
  if (nextToken !== undefined && nextToken.length > maxTokenCharacters)
    throw constraint(nextToken, "nextToken", `Member must have length less than or equal to ${maxTokenCharacters}`);
  const limit = maxResults === undefined || maxResults === 0 ? usual : maxResults;
  if (nextToken === undefined) return { offset: 0, limit };
  const position = /^position:(\d+)$/.exec(Buffer.from(nextToken, "base64url").toString("utf8"))?.[1];
  if (position === undefined) throw invalidToken();
  return { offset: Number(position), limit };
}

/** The page of a whole list, with the token of the next. */
export function cut<Item>(
  items: readonly Item[],
  request: PageRequest,
  maxTokenCharacters?: number,
): { readonly page: readonly Item[]; readonly nextToken?: string } {
  const { offset, limit } = pageOf(request, maxTokenCharacters);
  const page = items.slice(offset, offset + limit);
  return { page, ...(offset + limit < items.length && { nextToken: tokenAt(offset + limit) }) };
}

export function tokenAt(offset: number): string {
  return Buffer.from(`position:${offset}`).toString("base64url");
}
