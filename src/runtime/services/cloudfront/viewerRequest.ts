// One request of a viewer: behavior, cache, origin.
import { hostKind } from "../../../model/hosts.ts";
import type { HttpRequest, HttpResponse } from "../../../model/http.ts";
import { AwsError } from "../../kernel/awsError.ts";
import type { Call } from "../../kernel/service.ts";
import { cacheKey } from "./cacheKey.ts";
import { type Behavior, behaviorFor, type Distribution, type ErrorResponse } from "./distribution.ts";
import type { Distributions } from "./distributions.ts";
import type { Entry } from "./entries.ts";
import { errorPage } from "./errorPage.ts";
import { directivesOf, freshSeconds, headerOf, staleIfErrorSeconds } from "./freshness.ts";
import { askOrigin } from "./originRequest.ts";

type CacheOutcome =
  | "Hit from cloudfront"
  | "Miss from cloudfront"
  | "RefreshHit from cloudfront"
  | "Error from cloudfront"
  | "Redirect from cloudfront";

interface Answer {
  readonly response: HttpResponse;
  readonly outcome: CacheOutcome;
  /** When the answer came from its origin; null: just now. */
  readonly storedAt: number | null;
}

/** Errors that CloudFront keeps for a while. */
const cachedErrors: ReadonlySet<number> = new Set([404, 405, 410, 414, 416, 500, 501, 502, 503, 504]);
const edgeLocation = "IAD89-C1";

export class Edge {
  readonly #distributions: Distributions;
  /** Misses under way: later viewers of the same object wait for the first. */
  readonly #underWay = new Map<string, Promise<Answer>>();

  constructor(distributions: Distributions) {
    this.#distributions = distributions;
  }

  /** Answers a viewer; never rejects for what the origin did. `path` is the path below the distribution. */
  async answer(distribution: Distribution, request: HttpRequest, call: Call): Promise<HttpResponse> {
    const requestId = `${call.kernel.ids.base36(52)}==`;
    let answered: Answer;
    try {
      answered = await this.#answerOrFail(distribution, request, call, requestId);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      call.log({ at: call.now(), level: "warn", message: error.message });
      answered = { response: errorPage(error.status, error.message, requestId), outcome: "Error from cloudfront", storedAt: null };
    }
    const custom = distribution.errorResponses.find((one) => one.errorCode === answered.response.status);
    if (custom !== undefined) answered = await this.#customError(distribution, custom, request, call, answered);
    return finish(distribution, request, answered, call.now(), requestId);
  }

  async #answerOrFail(distribution: Distribution, request: HttpRequest, call: Call, requestId: string): Promise<Answer> {
    const refuse = (detail: string): Answer => ({
      response: errorPage(403, detail, requestId),
      outcome: "Error from cloudfront",
      storedAt: null,
    });
    if (!distribution.isEnabled) return refuse("This distribution is disabled. Set Enabled to true in its DistributionConfig.");
    const rooted =
      request.path === "/" && distribution.defaultRootObject !== "" ? { ...request, path: `/${distribution.defaultRootObject}` } : request;
    const behavior = behaviorFor(distribution, decodedPath(rooted.path));
    if (behavior === undefined) return refuse("No cache behavior matches this path.");
    if (behavior.unsupported.length > 0)
      return {
        response: errorPage(
          502,
          `${behavior.unsupported.join(" and ")} of the behavior ${behavior.pattern} are not run locally yet.`,
          requestId,
        ),
        outcome: "Error from cloudfront",
        storedAt: null,
      };
    const protocolAnswer = redirect(behavior, rooted);
    if (protocolAnswer === "refuse") return refuse("This distribution is configured to block HTTP requests; use HTTPS.");
    if (protocolAnswer !== null) return { response: protocolAnswer, outcome: "Redirect from cloudfront", storedAt: null };
    if (!behavior.allowedMethods.includes(rooted.method)) {
      return refuse(
        "This distribution is not configured to allow the HTTP request method that was used for this request. The distribution supports only cachable requests.",
      );
    }
    if (!behavior.cachedMethods.includes(rooted.method) || behavior.cache.maxTtl === 0) {
      this.#distributions.count(distribution.id, "misses");
      const response = await askOrigin(distribution, behavior, rooted, call);
      return { response, outcome: response.status >= 400 ? "Error from cloudfront" : "Miss from cloudfront", storedAt: null };
    }
    return this.#cached(distribution, behavior, rooted, call);
  }

  async #cached(distribution: Distribution, behavior: Behavior, request: HttpRequest, call: Call): Promise<Answer> {
    const key = cacheKey(request, behavior);
    const entry = this.#distributions.entries.get(distribution.id, key);
    if (entry !== undefined && entry.expiresAt > call.now()) {
      this.#distributions.entries.countHit(distribution.id, key);
      this.#distributions.count(distribution.id, "hits");
      return {
        response: entry.response,
        outcome: entry.response.status >= 400 ? "Error from cloudfront" : "Hit from cloudfront",
        storedAt: entry.storedAt,
      };
    }
    const flight = `${distribution.id}\n${key}`;
    const waiting = this.#underWay.get(flight);
    if (waiting !== undefined) {
      const answered = await waiting;
      this.#distributions.count(distribution.id, "hits");
      return { ...answered, outcome: answered.outcome === "Error from cloudfront" ? answered.outcome : "Hit from cloudfront" };
    }
    this.#distributions.count(distribution.id, "misses");
    // a HEAD fills the cache only with a body, so it asks for the whole object, as CloudFront does
    const asked = request.method === "HEAD" ? { ...request, method: "GET" } : request;
    const answering = this.#fill(distribution, behavior, asked, key, entry, call);
    this.#underWay.set(flight, answering);
    try {
      return await answering;
    } finally {
      this.#underWay.delete(flight);
    }
  }

  async #fill(
    distribution: Distribution,
    behavior: Behavior,
    request: HttpRequest,
    key: string,
    stale: Entry | undefined,
    call: Call,
  ): Promise<Answer> {
    let response: HttpResponse;
    try {
      response = await askOrigin(distribution, behavior, request, call, stale === undefined ? [] : conditionsOf(stale));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const kept = stale === undefined ? null : this.#staleAnswer(distribution, stale, call);
      if (kept !== null) return kept;
      response = errorPage(error.status, error.message, `${call.kernel.ids.base36(52)}==`);
      call.log({ at: call.now(), level: "warn", message: error.message });
    }
    if (response.status === 304 && stale !== undefined) {
      const refreshed: HttpResponse = { ...stale.response, headers: mergedHeaders(stale.response.headers, response.headers) };
      this.#store(distribution, behavior, request, key, refreshed, stale, call);
      return { response: refreshed, outcome: "RefreshHit from cloudfront", storedAt: call.now() };
    }
    if (response.status >= 500 && stale !== undefined && stale.response.status < 400) {
      const kept = this.#staleAnswer(distribution, stale, call);
      if (kept !== null) return kept;
    }
    this.#store(distribution, behavior, request, key, response, stale, call);
    return { response, outcome: response.status >= 400 ? "Error from cloudfront" : "Miss from cloudfront", storedAt: null };
  }

  /** While the origin fails, what is expired is served on, and the origin asked again after the error caching time. */
  #staleAnswer(distribution: Distribution, stale: Entry, call: Call): Answer | null {
    const stated = staleIfErrorSeconds(stale.response.headers);
    if (stated !== undefined && call.now() > stale.expiresAt + stated * 1000) return null;
    const seconds = distribution.errorResponses.find((one) => one.errorCode >= 500)?.cachingMinTtl ?? 10;
    this.#distributions.entries.put(distribution.id, { ...stale, expiresAt: call.now() + seconds * 1000 });
    return { response: stale.response, outcome: "Hit from cloudfront", storedAt: stale.storedAt };
  }

  #store(
    distribution: Distribution,
    behavior: Behavior,
    request: HttpRequest,
    key: string,
    response: HttpResponse,
    before: Entry | undefined,
    call: Call,
  ): void {
    const now = call.now();
    const seconds =
      response.status >= 400 ? errorSeconds(distribution, behavior, response, now) : freshSeconds(response.headers, behavior.cache, now);
    const isKept =
      seconds > 0 || (response.status === 200 && conditionsOf({ response }).length > 0 && !directivesOf(response.headers).has("no-store"));
    if (!isKept || response.status === 206) return;
    this.#distributions.entries.put(distribution.id, {
      key,
      path: decodedPath(request.path),
      response,
      storedAt: now,
      expiresAt: now + seconds * 1000,
    });
    const describe = (status: number, ttl: number) => ({ status, ttlSeconds: Math.round(ttl) });
    call.effect({
      action: "store",
      resource: this.#distributions.ref(distribution.id),
      key,
      ...(before !== undefined && { before: describe(before.response.status, (before.expiresAt - before.storedAt) / 1000) }),
      after: describe(response.status, seconds),
    });
  }

  async #customError(
    distribution: Distribution,
    custom: ErrorResponse,
    request: HttpRequest,
    call: Call,
    answered: Answer,
  ): Promise<Answer> {
    const status = custom.responseCode ?? answered.response.status;
    if (custom.pagePath === null) return { ...answered, response: { ...answered.response, status } };
    const behavior = behaviorFor(distribution, custom.pagePath);
    if (behavior === undefined) return answered;
    try {
      const page = await this.#cached(
        distribution,
        behavior,
        { ...request, method: "GET", path: custom.pagePath, rawQuery: "", body: new Uint8Array() },
        call,
      );
      return page.response.status === 200
        ? { response: { ...page.response, status }, outcome: "Error from cloudfront", storedAt: null }
        : answered;
    } catch (error) {
      if (error instanceof AwsError) return answered;
      throw error;
    }
  }
}

/** Errors stay for the configured or default minimum, longer when the origin says so. */
function errorSeconds(distribution: Distribution, behavior: Behavior, response: HttpResponse, now: number): number {
  const configured = distribution.errorResponses.find((one) => one.errorCode === response.status);
  const directives = directivesOf(response.headers);
  const stated = directives.has("max-age") || directives.has("s-maxage") ? freshSeconds(response.headers, behavior.cache, now) : 0;
  if (configured !== undefined) return Math.max(configured.cachingMinTtl, stated);
  return cachedErrors.has(response.status) ? Math.max(10, stated) : stated;
}

/** null: the protocol is as wanted. Local names (`….localhost`) are plain HTTP by nature, so only AWS's own are judged. */
function redirect(behavior: Behavior, request: HttpRequest): HttpResponse | "refuse" | null {
  if (behavior.viewerProtocolPolicy === "allow-all" || request.protocol === "https" || hostKind(request.host) !== "aws") return null;
  if (behavior.viewerProtocolPolicy === "https-only") return "refuse";
  const query = request.rawQuery === "" ? "" : `?${request.rawQuery}`;
  return {
    status: request.method === "GET" || request.method === "HEAD" ? 301 : 307,
    headers: [["location", `https://${request.host}${request.path}${query}`]],
    body: new Uint8Array(),
  };
}

function conditionsOf(entry: Pick<Entry, "response">): (readonly [string, string])[] {
  const etag = headerOf(entry.response.headers, "etag");
  const modified = headerOf(entry.response.headers, "last-modified");
  return [
    ...(etag === undefined ? [] : [["if-none-match", etag] as const]),
    ...(modified === undefined ? [] : [["if-modified-since", modified] as const]),
  ];
}

function mergedHeaders(old: HttpResponse["headers"], fresh: HttpResponse["headers"]): HttpResponse["headers"] {
  const names = new Set(fresh.map(([name]) => name.toLowerCase()));
  return [...old.filter(([name]) => !names.has(name.toLowerCase())), ...fresh.filter(([name]) => name.toLowerCase() !== "content-length")];
}

function decodedPath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function finish(distribution: Distribution, request: HttpRequest, answered: Answer, now: number, requestId: string): HttpResponse {
  const { response, outcome, storedAt } = answered;
  const ours = new Set(["x-cache", "age", "via", "x-amz-cf-pop", "x-amz-cf-id"]);
  const headers: (readonly [string, string])[] = [
    ...response.headers.filter(([name]) => !ours.has(name.toLowerCase())),
    ["x-cache", outcome],
    ["via", `1.1 ${distribution.label}.cloudfront.net (CloudFront)`],
    ["x-amz-cf-pop", edgeLocation],
    ["x-amz-cf-id", requestId],
    ...(storedAt === null || outcome === "RefreshHit from cloudfront"
      ? []
      : [["age", String(Math.max(0, Math.floor((now - storedAt) / 1000)))] as const]),
  ];
  const etag = headerOf(response.headers, "etag");
  const asked = request.headers.find(([name]) => name === "if-none-match")?.[1];
  const isUnchanged =
    response.status === 200 &&
    etag !== undefined &&
    asked !== undefined &&
    asked.split(",").some((one) => one.trim() === etag || one.trim() === "*");
  if (isUnchanged)
    return { status: 304, headers: headers.filter(([name]) => name.toLowerCase() !== "content-length"), body: new Uint8Array() };
  return { status: response.status, headers, body: response.body };
}
