// How long an answer may stay in the cache.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Expiration.html
import type { HttpResponse } from "../../../model/http.ts";
import type { CacheRule } from "./policies.ts";

export function headerOf(headers: HttpResponse["headers"], name: string): string | undefined {
  return headers.find(([key]) => key.toLowerCase() === name)?.[1];
}

/** Cache-Control's directives in lower case; those without a value have "". */
export function directivesOf(headers: HttpResponse["headers"]): ReadonlyMap<string, string> {
  const value = headers
    .filter(([key]) => key.toLowerCase() === "cache-control")
    .map(([, text]) => text)
    .join(",");
  const pairs = value
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
  return new Map(
    pairs.map((part) => {
      const at = part.indexOf("=");
      return at < 0
        ? [part.toLowerCase(), ""]
        : [
            part.slice(0, at).trim().toLowerCase(),
            part
              .slice(at + 1)
              .trim()
              .replace(/^"|"$/g, ""),
          ];
    }),
  );
}

/**
 * Seconds that an answer stays fresh: `s-maxage`, else `max-age`, else `Expires`, within minimum and maximum; the
 * default where the origin says nothing. `no-store`, `no-cache` and `private` count only when the minimum is 0.
 */
export function freshSeconds(headers: HttpResponse["headers"], rule: CacheRule, now: number): number {
  const directives = directivesOf(headers);
  if (directives.has("no-store") || directives.has("no-cache") || directives.has("private")) return rule.minTtl;
  const stated =
    secondsOf(directives.get("s-maxage")) ?? secondsOf(directives.get("max-age")) ?? secondsUntil(headerOf(headers, "expires"), now);
  if (stated === undefined) return Math.max(rule.minTtl, rule.defaultTtl);
  return Math.max(rule.minTtl, Math.min(stated, rule.maxTtl));
}

/** Seconds beyond freshness that an entry may still be served when the origin fails. */
export function staleIfErrorSeconds(headers: HttpResponse["headers"]): number | undefined {
  return secondsOf(directivesOf(headers).get("stale-if-error"));
}

function secondsOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

function secondsUntil(expires: string | undefined, now: number): number | undefined {
  if (expires === undefined) return undefined;
  const at = Date.parse(expires);
  // an Expires that is no date means: expired
  return Number.isNaN(at) ? 0 : Math.max(0, (at - now) / 1000);
}
