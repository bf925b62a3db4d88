// A DistributionConfig, as CloudFormation writes it, read into what a request needs.
import { cloudfrontLimits } from "../../../model/limits/cloudfront.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../model/json.ts";
import { AwsError } from "../../kernel/awsError.ts";
import { type CacheRule, type ForwardRule, legacyRuleOf } from "./policies.ts";

export interface Distribution {
  /** `E2QWRUHAPOMQZL` */
  readonly id: string;
  /** Label of its domain: `d111111abcdef8`. */
  readonly label: string;
  readonly isEnabled: boolean;
  readonly defaultRootObject: string;
  readonly origins: readonly Origin[];
  /** In order, the default (pattern `*`) last. */
  readonly behaviors: readonly Behavior[];
  readonly errorResponses: readonly ErrorResponse[];
}

export interface Origin {
  readonly id: string;
  readonly domainName: string;
  /** Put before the viewer's path. */
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly protocol: "http" | "https";
  /** null: the protocol's own. */
  readonly port: number | null;
  readonly readTimeoutSeconds: number;
}

export interface Behavior {
  readonly pattern: string;
  readonly originId: string;
  readonly viewerProtocolPolicy: string;
  readonly allowedMethods: readonly string[];
  readonly cachedMethods: readonly string[];
  readonly cache: CacheRule;
  readonly forward: ForwardRule | null;
  /** Not run here: named, so that a request can say so. */
  readonly unsupported: readonly string[];
}

export interface ErrorResponse {
  readonly errorCode: number;
  readonly cachingMinTtl: number;
  readonly responseCode: number | null;
  readonly pagePath: string | null;
}

export interface PolicyLookup {
  cachePolicy(id: string): CacheRule | undefined;
  originRequestPolicy(id: string): ForwardRule | undefined;
}

/** Refuses what CloudFront refuses: unknown origins and policies. */
export function distributionOf(id: string, label: string, config: JsonObject, policies: PolicyLookup): Distribution {
  const origins = list(config["Origins"]).map(originOf);
  const behaviors = [
    ...list(config["CacheBehaviors"]).map((behavior) => behaviorOf(behavior, text(behavior["PathPattern"]) ?? "*", policies)),
    behaviorOf(isJsonObject(config["DefaultCacheBehavior"]) ? config["DefaultCacheBehavior"] : {}, "*", policies),
  ];
  if (origins.length === 0)
    throw new AwsError("InvalidArgument", "The parameter Origins is required: a distribution needs at least one origin.");
  for (const behavior of behaviors) {
    if (!origins.some((origin) => origin.id === behavior.originId)) {
      throw new AwsError(
        "NoSuchOrigin",
        `One or more of your origins or origin groups do not exist: the behavior ${behavior.pattern} names "${behavior.originId}".`,
        { status: 404 },
      );
    }
  }
  return {
    id,
    label,
    origins,
    behaviors,
    isEnabled: config["Enabled"] === true || config["Enabled"] === "true",
    defaultRootObject: text(config["DefaultRootObject"]) ?? "",
    errorResponses: list(config["CustomErrorResponses"]).map((response) => ({
      errorCode: Number(response["ErrorCode"]),
      cachingMinTtl: number(response["ErrorCachingMinTTL"], cloudfrontLimits.errorCachingSecondsDefault.value),
      responseCode: response["ResponseCode"] === undefined ? null : Number(response["ResponseCode"]),
      pagePath: text(response["ResponsePagePath"]) ?? null,
    })),
  };
}

/** The first behavior whose pattern matches the path; patterns begin at the root with or without a slash, `*` and `?` also match slashes. */
export function behaviorFor(distribution: Distribution, path: string): Behavior | undefined {
  return distribution.behaviors.find((behavior) => isPathMatch(behavior.pattern, path));
}

export function isPathMatch(pattern: string, path: string): boolean {
  if (pattern === "*") return true;
  const rooted = pattern.startsWith("/") ? pattern : `/${pattern}`;
  // two pointers instead of a regular expression: no pattern can make it slow
  let at = 0;
  let star = -1;
  let resume = 0;
  for (let index = 0; index < path.length;) {
    if (at < rooted.length && rooted[at] !== "*" && (rooted[at] === "?" || rooted[at] === path[index])) {
      at++;
      index++;
    } else if (rooted[at] === "*") {
      star = at++;
      resume = index;
    } else if (star >= 0) {
      at = star + 1;
      index = ++resume;
    } else return false;
  }
  while (rooted[at] === "*") at++;
  return at === rooted.length;
}

function originOf(origin: JsonObject): Origin {
  const custom = isJsonObject(origin["CustomOriginConfig"]) ? origin["CustomOriginConfig"] : {};
  const protocol = custom["OriginProtocolPolicy"] === "http-only" ? "http" : "https";
  const port = protocol === "http" ? number(custom["HTTPPort"], 80) : number(custom["HTTPSPort"], 443);
  return {
    id: text(origin["Id"]) ?? "",
    domainName: (text(origin["DomainName"]) ?? "").toLowerCase(),
    path: (text(origin["OriginPath"]) ?? "").replace(/\/$/, ""),
    headers: list(origin["OriginCustomHeaders"]).map(
      (header) => [(text(header["HeaderName"]) ?? "").toLowerCase(), text(header["HeaderValue"]) ?? ""] as const,
    ),
    protocol,
    port: port === (protocol === "http" ? 80 : 443) ? null : port,
    readTimeoutSeconds: number(custom["OriginReadTimeout"], cloudfrontLimits.originResponseSecondsDefault.value),
  };
}

function behaviorOf(behavior: JsonObject, pattern: string, policies: PolicyLookup): Behavior {
  const cachePolicyId = text(behavior["CachePolicyId"]);
  const requestPolicyId = text(behavior["OriginRequestPolicyId"]);
  const cache = cachePolicyId === undefined ? legacyRuleOf(behavior) : policies.cachePolicy(cachePolicyId);
  const forward = requestPolicyId === undefined ? null : policies.originRequestPolicy(requestPolicyId);
  if (cache === undefined)
    throw new AwsError("NoSuchCachePolicy", `The cache policy ${cachePolicyId} of the behavior ${pattern} does not exist.`, {
      status: 404,
    });
  if (forward === undefined)
    throw new AwsError(
      "NoSuchOriginRequestPolicy",
      `The origin request policy ${requestPolicyId} of the behavior ${pattern} does not exist.`,
      { status: 404 },
    );
  const allowed = names(behavior["AllowedMethods"]);
  const cached = names(behavior["CachedMethods"]);
  return {
    pattern,
    cache,
    forward,
    originId: text(behavior["TargetOriginId"]) ?? "",
    viewerProtocolPolicy: text(behavior["ViewerProtocolPolicy"]) ?? "allow-all",
    allowedMethods: allowed.length > 0 ? allowed : ["GET", "HEAD"],
    cachedMethods: cached.length > 0 ? cached : ["GET", "HEAD"],
    unsupported: ["LambdaFunctionAssociations", "FunctionAssociations"].filter((key) => list(behavior[key]).length > 0),
  };
}

function list(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function names(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function text(value: Json | undefined): string | undefined {
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : undefined;
}

function number(value: Json | undefined, otherwise: number): number {
  const found = Number(value ?? Number.NaN);
  return Number.isFinite(found) ? found : otherwise;
}
