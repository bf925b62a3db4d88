// What goes into the cache key and what goes to the origin: cache policies, origin request policies, and the older
// ForwardedValues, all read into one form.
import { cloudfrontLimits } from "../../../model/limits/cloudfront.ts";
import { isJsonObject, type Json } from "../../../model/json.ts";

/** Which names of headers, query strings or cookies count. */
export type Selection =
  | { readonly type: "none" }
  | { readonly type: "all" }
  | { readonly type: "only"; readonly names: readonly string[] }
  | { readonly type: "allExcept"; readonly names: readonly string[] };

/** All in seconds. */
export interface CacheRule {
  readonly minTtl: number;
  readonly defaultTtl: number;
  readonly maxTtl: number;
  readonly query: Selection;
  readonly headers: Selection;
  readonly cookies: Selection;
  /** Encodings that count apart: `gzip`, `br`. */
  readonly encodings: readonly string[];
}

/** What the origin gets beyond the cache key. */
export interface ForwardRule {
  readonly query: Selection;
  readonly headers: Selection;
  readonly cookies: Selection;
}

const none: Selection = { type: "none" };
const all: Selection = { type: "all" };
const year = cloudfrontLimits.maxTtlSeconds.value;
const day = cloudfrontLimits.defaultTtlSeconds.value;

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html */
const managedCachePolicies: Readonly<Record<string, CacheRule>> = {
  // CachingOptimized
  "658327ea-f89d-4fab-a63d-7e88639e58f6": {
    minTtl: 1,
    defaultTtl: day,
    maxTtl: year,
    query: none,
    headers: none,
    cookies: none,
    encodings: ["gzip", "br"],
  },
  // CachingOptimizedForUncompressedObjects
  "b2884449-e4de-46a7-ac36-70bc7f1ddd6d": {
    minTtl: 1,
    defaultTtl: day,
    maxTtl: year,
    query: none,
    headers: none,
    cookies: none,
    encodings: [],
  },
  // CachingDisabled
  "4135ea2d-6df8-44a3-9df3-4b5a84be39ad": { minTtl: 0, defaultTtl: 0, maxTtl: 0, query: none, headers: none, cookies: none, encodings: [] },
  // UseOriginCacheControlHeaders
  "83da9c7e-98b4-4e11-a168-04f0df8e2c65": {
    minTtl: 0,
    defaultTtl: 0,
    maxTtl: year,
    query: none,
    headers: only("host", "origin", "x-http-method-override", "x-http-method", "x-method-override"),
    cookies: all,
    encodings: ["gzip", "br"],
  },
  // UseOriginCacheControlHeaders-QueryStrings
  "4cc15a8a-d715-48a4-82b8-cc0b614638fe": {
    minTtl: 0,
    defaultTtl: 0,
    maxTtl: year,
    query: all,
    headers: only("host", "origin", "x-http-method-override", "x-http-method", "x-method-override"),
    cookies: all,
    encodings: ["gzip", "br"],
  },
};

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html */
const managedOriginRequestPolicies: Readonly<Record<string, ForwardRule>> = {
  // AllViewer
  "216adef6-5c7f-47e4-b989-5492eafa07d3": { query: all, headers: all, cookies: all },
  // AllViewerExceptHostHeader
  "b689b0a8-53d0-40ab-baf2-68738e2966ac": { query: all, headers: { type: "allExcept", names: ["host"] }, cookies: all },
  // CORS-CustomOrigin
  "59781a5b-3903-41f3-afcb-af62929ccde1": { query: none, headers: only("origin"), cookies: none },
  // CORS-S3Origin
  "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf": {
    query: none,
    headers: only("origin", "access-control-request-headers", "access-control-request-method"),
    cookies: none,
  },
  // UserAgentRefererHeaders
  "acba4595-bd28-49b8-b9fe-13317c0390fa": { query: none, headers: only("user-agent", "referer"), cookies: none },
};

export function managedCachePolicy(id: string): CacheRule | undefined {
  return managedCachePolicies[id];
}

export function managedOriginRequestPolicy(id: string): ForwardRule | undefined {
  return managedOriginRequestPolicies[id];
}

/** `AWS::CloudFront::CachePolicy`'s CachePolicyConfig. */
export function cacheRuleOf(config: Json): CacheRule {
  const key = at(config, "ParametersInCacheKeyAndForwardedToOrigin");
  const encodings = [
    ...(isTrue(at(key, "EnableAcceptEncodingGzip")) ? ["gzip"] : []),
    ...(isTrue(at(key, "EnableAcceptEncodingBrotli")) ? ["br"] : []),
  ];
  return {
    minTtl: numberAt(config, "MinTTL", 0),
    defaultTtl: numberAt(config, "DefaultTTL", day),
    maxTtl: numberAt(config, "MaxTTL", year),
    query: selection(at(key, "QueryStringsConfig"), "QueryStringBehavior", "QueryStrings"),
    headers: selection(at(key, "HeadersConfig"), "HeaderBehavior", "Headers"),
    cookies: selection(at(key, "CookiesConfig"), "CookieBehavior", "Cookies"),
    encodings,
  };
}

/** `AWS::CloudFront::OriginRequestPolicy`'s OriginRequestPolicyConfig. */
export function forwardRuleOf(config: Json): ForwardRule {
  return {
    query: selection(at(config, "QueryStringsConfig"), "QueryStringBehavior", "QueryStrings"),
    headers: selection(at(config, "HeadersConfig"), "HeaderBehavior", "Headers"),
    cookies: selection(at(config, "CookiesConfig"), "CookieBehavior", "Cookies"),
  };
}

/** The older form inside a behavior: ForwardedValues with MinTTL, DefaultTTL and MaxTTL beside it. */
export function legacyRuleOf(behavior: Json): CacheRule {
  const values = at(behavior, "ForwardedValues") ?? {};
  const headers = names(at(values, "Headers"));
  const keys = names(at(values, "QueryStringCacheKeys"));
  const cookies = at(values, "Cookies");
  const forward = at(cookies, "Forward");
  const minTtl = numberAt(behavior, "MinTTL", 0);
  return {
    minTtl,
    defaultTtl: Math.max(minTtl, numberAt(behavior, "DefaultTTL", day)),
    maxTtl: Math.max(minTtl, numberAt(behavior, "MaxTTL", year)),
    query: !isTrue(at(values, "QueryString")) ? none : keys.length > 0 ? { type: "only", names: keys } : all,
    headers: headers.includes("*") ? all : headers.length > 0 ? only(...headers) : none,
    cookies: forward === "all" ? all : forward === "whitelist" ? { type: "only", names: names(at(cookies, "WhitelistedNames")) } : none,
    encodings: ["gzip"],
  };
}

/** Whether a name is selected; header names are compared in lower case. */
export function isSelected(selected: Selection, name: string): boolean {
  switch (selected.type) {
    case "none":
      return false;
    case "all":
      return true;
    case "only":
      return selected.names.includes(name);
    case "allExcept":
      return !selected.names.includes(name);
  }
}

function selection(config: Json | undefined, behaviorKey: string, namesKey: string): Selection {
  const chosen = names(at(config, namesKey)).map((name) => (namesKey === "Headers" ? name.toLowerCase() : name));
  switch (at(config, behaviorKey)) {
    case "all":
    case "allViewer":
    case "allViewerAndWhitelistCloudFront":
      return all;
    case "whitelist":
      return { type: "only", names: chosen };
    case "allExcept":
      return { type: "allExcept", names: chosen };
    default:
      return none;
  }
}

function only(...chosen: string[]): Selection {
  return { type: "only", names: chosen.map((name) => name.toLowerCase()) };
}

function at(value: Json | undefined, key: string): Json | undefined {
  return isJsonObject(value) ? value[key] : undefined;
}

function names(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function isTrue(value: Json | undefined): boolean {
  return value === true || value === "true";
}

function numberAt(value: Json, key: string, otherwise: number): number {
  const found = Number(at(value, key) ?? Number.NaN);
  return Number.isFinite(found) ? found : otherwise;
}
