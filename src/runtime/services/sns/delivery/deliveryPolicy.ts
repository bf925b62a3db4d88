// The DeliveryPolicy of HTTP/S: a topic's default and what a subscription says instead.
import { isJsonObject } from "../../../../model/json.ts";
import type { Json, JsonObject } from "../../../../model/json.ts";
import { snsLimits as limits } from "../../../../model/limits/sns.ts";
import { invalidParameter } from "../errors.ts";
import { jsonProblem, parseJson } from "../parseJson.ts";
import { backoffFunctions, totalSeconds } from "./retrySchedule.ts";
import type { BackoffFunction, RetrySchedule } from "./retrySchedule.ts";

export interface DeliveryPolicy {
  readonly retries: RetrySchedule;
  readonly contentType: string;
}

const defaults = {
  minDelayTarget: 20,
  maxDelayTarget: 20,
  numRetries: 3,
  numMaxDelayRetries: 0,
  numNoDelayRetries: 0,
  numMinDelayRetries: 0,
  backoffFunction: "linear",
} as const;
const defaultContentType = "text/plain; charset=UTF-8";

type NumberName = Exclude<keyof typeof defaults, "backoffFunction">;
type HealthyRetryPolicy = Readonly<Record<NumberName, number>> & { readonly backoffFunction: BackoffFunction };

/** What a policy's text says, for a topic (below `http`) or a subscription; refused as AWS refuses it. */
export function readDeliveryPolicy(text: string | undefined, prefix: string): Partial<DeliveryPolicy> & { readonly isFixed?: boolean } {
  if (text === undefined || text === "") return {};
  const policy = parseJson(text);
  if (!isJsonObject(policy)) throw invalidParameter(`${prefix}: ${jsonProblem(text)}`);
  const http = policy["http"];
  const given = isJsonObject(http) ? http : policy;
  const healthy = given["defaultHealthyRetryPolicy"] ?? given["healthyRetryPolicy"];
  const request = given["defaultRequestPolicy"] ?? given["requestPolicy"];
  const contentType = isJsonObject(request) ? request["headerContentType"] : undefined;
  return {
    ...(isJsonObject(healthy) ? { retries: scheduleOf(healthyRetryPolicy(healthy, prefix), prefix) } : {}),
    ...(typeof contentType === "string" ? { contentType } : {}),
    isFixed: given["disableSubscriptionOverrides"] === true,
  };
}

/** What counts for one subscription. */
export function effectivePolicy(ofTopic: string | undefined, ofSubscription: string | undefined): DeliveryPolicy {
  const topic = readDeliveryPolicy(ofTopic, "DeliveryPolicy");
  const own = topic.isFixed === true ? {} : readDeliveryPolicy(ofSubscription, "DeliveryPolicy");
  return {
    retries: own.retries ?? topic.retries ?? scheduleOf(defaults, "DeliveryPolicy"),
    contentType: own.contentType ?? topic.contentType ?? defaultContentType,
  };
}

/** A topic's DeliveryPolicy as AWS keeps it. */
export function normalizedTopicsPolicy(text: string): string {
  const http = topicsPart(text);
  const given = (name: string): JsonObject => (isJsonObject(http[name]) ? { [name]: http[name] } : {});
  return JSON.stringify({
    http: {
      ...given("defaultHealthyRetryPolicy"),
      disableSubscriptionOverrides: http["disableSubscriptionOverrides"] === true,
      ...given("defaultThrottlePolicy"),
      ...given("defaultRequestPolicy"),
    },
  });
}

/** EffectiveDeliveryPolicy of a topic, as AWS writes it. */
export function writeEffectivePolicy(ofTopic: string | undefined): string {
  const http = topicsPart(ofTopic);
  const healthy = isJsonObject(http["defaultHealthyRetryPolicy"]) ? http["defaultHealthyRetryPolicy"] : {};
  const request = isJsonObject(http["defaultRequestPolicy"]) ? http["defaultRequestPolicy"] : {};
  return JSON.stringify({
    http: {
      defaultHealthyRetryPolicy: { ...defaults, ...healthy },
      disableSubscriptionOverrides: http["disableSubscriptionOverrides"] === true,
      ...(http["defaultThrottlePolicy"] === undefined ? {} : { defaultThrottlePolicy: http["defaultThrottlePolicy"] }),
      defaultRequestPolicy: { headerContentType: defaultContentType, ...request },
    },
  });
}

/** A subscription's DeliveryPolicy as AWS keeps it: every part, null where nothing is said. */
export function normalizedSubscriptionsPolicy(text: string): string {
  return JSON.stringify(subscriptionsPart(text));
}

/** EffectiveDeliveryPolicy of a subscription, as AWS writes it. */
export function writeSubscriptionsPolicy(ofTopic: string | undefined, ofSubscription: string | undefined): string {
  const topic = topicsPart(ofTopic);
  const own = subscriptionsPart(topic["disableSubscriptionOverrides"] === true ? undefined : ofSubscription);
  return JSON.stringify({
    ...own,
    healthyRetryPolicy: own.healthyRetryPolicy ?? { ...defaults, ...partOf(topic["defaultHealthyRetryPolicy"]) },
    throttlePolicy: own.throttlePolicy ?? partOf(topic["defaultThrottlePolicy"]),
    requestPolicy: own.requestPolicy ?? partOf(topic["defaultRequestPolicy"]) ?? { headerContentType: defaultContentType },
  });
}

function topicsPart(text: string | undefined): JsonObject {
  const policy = text === undefined ? undefined : parseJson(text);
  return isJsonObject(policy) && isJsonObject(policy["http"]) ? policy["http"] : {};
}

function subscriptionsPart(text: string | undefined) {
  const policy = text === undefined ? undefined : parseJson(text);
  const given = isJsonObject(policy) ? policy : {};
  const healthy = partOf(given["healthyRetryPolicy"]);
  return {
    healthyRetryPolicy: healthy === null ? null : { ...defaults, ...healthy },
    sicklyRetryPolicy: partOf(given["sicklyRetryPolicy"]),
    throttlePolicy: partOf(given["throttlePolicy"]),
    requestPolicy: partOf(given["requestPolicy"]),
    guaranteed: given["guaranteed"] === true,
  };
}

function partOf(given: Json | undefined): JsonObject | null {
  return isJsonObject(given) ? given : null;
}

function healthyRetryPolicy(given: JsonObject, prefix: string): HealthyRetryPolicy {
  const number = (name: NumberName, min: number, max: number): number => {
    const value = given[name] ?? defaults[name];
    if (typeof value !== "number" || !Number.isInteger(value) || value < min || value > max)
      throw invalidParameter(`${prefix}: ${name} must be a whole number from ${min} to ${max}`);
    return value;
  };
  const longest = limits.httpDelaySecondsMax.value;
  const most = limits.httpRetriesMax.value;
  const minDelayTarget = number("minDelayTarget", 1, longest);
  const maxDelayTarget = number("maxDelayTarget", 1, longest);
  if (minDelayTarget > maxDelayTarget) throw invalidParameter(`${prefix}: minDelayTarget must be less than or equal to maxDelayTarget`);
  const backoffFunction = backoffFunctions.find((one) => one === (given["backoffFunction"] ?? defaults.backoffFunction));
  if (backoffFunction === undefined) throw invalidParameter(`${prefix}: backoffFunction must be one of ${backoffFunctions.join(", ")}`);
  const counts = {
    numRetries: number("numRetries", 0, most),
    numNoDelayRetries: number("numNoDelayRetries", 0, most),
    numMinDelayRetries: number("numMinDelayRetries", 0, most),
    numMaxDelayRetries: number("numMaxDelayRetries", 0, most),
  };
  if (counts.numNoDelayRetries + counts.numMinDelayRetries + counts.numMaxDelayRetries > counts.numRetries)
    throw invalidParameter(
      `${prefix}: numRetries must be greater than or equal to the sum of numMinDelayRetries, numNoDelayRetries and numMaxDelayRetries`,
    );
  return { ...counts, minDelayTarget, maxDelayTarget, backoffFunction };
}

function scheduleOf(policy: HealthyRetryPolicy, prefix: string): RetrySchedule {
  const { numRetries, numNoDelayRetries, numMinDelayRetries, numMaxDelayRetries } = policy;
  const schedule: RetrySchedule = {
    immediate: numNoDelayRetries,
    preBackoff: numMinDelayRetries,
    backoff: numRetries - numNoDelayRetries - numMinDelayRetries - numMaxDelayRetries,
    postBackoff: numMaxDelayRetries,
    minDelaySeconds: policy.minDelayTarget,
    maxDelaySeconds: policy.maxDelayTarget,
    growth: policy.backoffFunction,
  };
  if (totalSeconds(schedule) > limits.httpDelaySecondsMax.value)
    throw invalidParameter(`${prefix}: the total time of all retries must not be longer than ${limits.httpDelaySecondsMax.value} seconds`);
  return schedule;
}
