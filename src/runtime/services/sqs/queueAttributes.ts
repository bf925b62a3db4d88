import { AwsError } from "../../kernel/awsError.ts";
import { isJsonObject } from "../../../model/json.ts";
import { sqsLimits as limits } from "../../../model/limits/sqs.ts";
import { invalidAttributeValue, invalidParameter, unknownAttribute } from "./errors.ts";

// Attributes of a queue as AWS keeps them: strings.

export type QueueAttributes = { [name: string]: string };

interface AttributeRule {
  readonly default?: string;
  readonly isFifoOnly?: boolean;
  /** Only at CreateQueue. */
  readonly isFixed?: boolean;
  readonly check: (value: string) => boolean;
}

const wholeNumber = (min: number, max: number) => (value: string) => /^\d+$/.test(value) && Number(value) >= min && Number(value) <= max;
const oneOf =
  (...values: readonly string[]) =>
  (value: string) =>
    values.includes(value);

const rules: Readonly<Record<string, AttributeRule>> = {
  DelaySeconds: { default: "0", check: wholeNumber(0, limits.delaySecondsMax.value) },
  MaximumMessageSize: {
    default: String(limits.messageBytesDefault.value),
    check: wholeNumber(limits.messageBytesMin.value, limits.messageBytesMax.value),
  },
  MessageRetentionPeriod: {
    default: String(limits.retentionSecondsDefault.value),
    check: wholeNumber(limits.retentionSecondsMin.value, limits.retentionSecondsMax.value),
  },
  ReceiveMessageWaitTimeSeconds: { default: "0", check: wholeNumber(0, limits.waitSecondsMax.value) },
  VisibilityTimeout: {
    default: String(limits.visibilityTimeoutSecondsDefault.value),
    check: wholeNumber(0, limits.visibilityTimeoutSecondsMax.value),
  },
  Policy: { check: isJsonText },
  RedrivePolicy: { check: () => true },
  RedriveAllowPolicy: { check: () => true },
  KmsMasterKeyId: { check: () => true },
  KmsDataKeyReusePeriodSeconds: { check: wholeNumber(limits.kmsDataKeyReuseSecondsMin.value, limits.kmsDataKeyReuseSecondsMax.value) },
  SqsManagedSseEnabled: { default: "true", check: oneOf("true", "false") },
  FifoQueue: { isFifoOnly: true, isFixed: true, check: oneOf("true") },
  ContentBasedDeduplication: { default: "false", isFifoOnly: true, check: oneOf("true", "false") },
  DeduplicationScope: { default: "queue", isFifoOnly: true, check: oneOf("queue", "messageGroup") },
  FifoThroughputLimit: { default: "perQueue", isFifoOnly: true, check: oneOf("perQueue", "perMessageGroupId") },
};

/** Counted or fixed by the queue itself: may be asked for, never set. */
export const computedAttributes: readonly string[] = [
  "QueueArn",
  "CreatedTimestamp",
  "LastModifiedTimestamp",
  "ApproximateNumberOfMessages",
  "ApproximateNumberOfMessagesNotVisible",
  "ApproximateNumberOfMessagesDelayed",
];

/** An empty string takes these away again. */
const removable: readonly string[] = ["Policy", "RedrivePolicy", "RedriveAllowPolicy", "KmsMasterKeyId"];

const flags: readonly string[] = ["FifoQueue", "ContentBasedDeduplication", "SqsManagedSseEnabled"];

/** As AWS keeps what it is given: flags in small letters, and a redrive policy's count as a number. */
export function normalized(attributes: QueueAttributes): QueueAttributes {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => {
      if (flags.includes(name) && /^(?:true|false)$/i.test(value)) return [name, value.toLowerCase()];
      return [name, name === "RedrivePolicy" ? withCountAsNumber(value) : value];
    }),
  );
}

function withCountAsNumber(text: string): string {
  const policy = parseJson(text);
  if (!isJsonObject(policy) || typeof policy["maxReceiveCount"] !== "string" || !/^\d+$/.test(policy["maxReceiveCount"])) return text;
  return JSON.stringify({ ...policy, maxReceiveCount: Number(policy["maxReceiveCount"]) });
}

export function checkAttributes(attributes: QueueAttributes, isFifo: boolean, isCreation: boolean): void {
  if (attributes["SqsManagedSseEnabled"] === "true" && (attributes["KmsMasterKeyId"] ?? "") !== "")
    throw new AwsError(
      "InvalidAttributeName",
      "You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.",
    );
  for (const [name, value] of Object.entries(attributes)) {
    const rule = rules[name];
    if (!rule || (rule.isFifoOnly && !isFifo)) throw unknownAttribute(name);
    if (rule.isFixed && !isCreation && value !== "true") throw invalidAttributeValue(name, "Modifying queue type is not supported.");
    if (value === "" && removable.includes(name)) continue;
    if (!rule.check(value)) throw invalidAttributeValue(name);
  }
}

export function withDefaults(attributes: QueueAttributes, isFifo: boolean): QueueAttributes {
  const all: QueueAttributes = {};
  for (const [name, rule] of Object.entries(rules)) {
    if (rule.default !== undefined && (isFifo || !rule.isFifoOnly)) all[name] = rule.default;
  }
  return merged(all, attributes);
}

export function merged(before: QueueAttributes, changes: QueueAttributes): QueueAttributes {
  const all = { ...before };
  for (const [name, value] of Object.entries(changes)) {
    if (value === "" && removable.includes(name)) delete all[name];
    else all[name] = value;
  }
  if (all["KmsMasterKeyId"] !== undefined) {
    all["SqsManagedSseEnabled"] = "false";
    all["KmsDataKeyReusePeriodSeconds"] ??= "300";
  }
  return all;
}

export function isKnownAttribute(name: string, isFifo: boolean): boolean {
  if (name === "All" || computedAttributes.includes(name)) return true;
  const rule = rules[name];
  return rule !== undefined && (isFifo || !rule.isFifoOnly);
}

const queueArn = /^arn:[^:]+:sqs:[^:]+:[^:]+:[^:]+$/;

export interface RedrivePolicy {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number;
}

/** Reads a RedrivePolicy as CreateQueue and SetQueueAttributes take it; undefined: none. */
export function readRedrivePolicy(text: string | undefined): RedrivePolicy | undefined {
  if (text === undefined || text === "") return undefined;
  const policy = parseJson(text);
  if (!isJsonObject(policy)) throw invalidParameter("RedrivePolicy", text, "Redrive policy is not a valid JSON map.");
  for (const name of ["deadLetterTargetArn", "maxReceiveCount"]) {
    if (policy[name] === undefined)
      throw invalidParameter("RedrivePolicy", text, `Redrive policy does not contain mandatory attribute: ${name}.`);
  }
  for (const name of Object.keys(policy)) {
    if (name !== "deadLetterTargetArn" && name !== "maxReceiveCount") {
      throw invalidParameter("RedrivePolicy", text, `Only following attributes are supported: [deadLetterTargetArn, maxReceiveCount].`);
    }
  }
  const count = Number(policy["maxReceiveCount"]);
  if (!Number.isInteger(count) || count < limits.maxReceiveCountMin.value || count > limits.maxReceiveCountMax.value) {
    throw invalidParameter(
      "RedrivePolicy",
      text,
      `Invalid value for maxReceiveCount: ${String(policy["maxReceiveCount"])}, valid values are from 1 to 1000 both inclusive.`,
    );
  }
  const arn = policy["deadLetterTargetArn"];
  if (typeof arn !== "string" || !queueArn.test(arn)) {
    throw invalidParameter("RedrivePolicy", text, "Invalid value for deadLetterTargetArn.");
  }
  return { deadLetterTargetArn: arn, maxReceiveCount: count };
}

/** Refuses a RedriveAllowPolicy that AWS would refuse. */
export function checkRedriveAllowPolicy(text: string | undefined): void {
  if (text === undefined || text === "") return;
  const refuse = (reason: string): Error => invalidParameter("RedriveAllowPolicy", text, reason);
  const policy = parseJson(text);
  if (!isJsonObject(policy)) throw refuse("Redrive allow policy is not a valid JSON map.");
  const { redrivePermission: permission, sourceQueueArns: sources, ...others } = policy;
  if (Object.keys(others).length > 0) throw refuse("Only following attributes are supported: [redrivePermission, sourceQueueArns].");
  if (permission === undefined) throw refuse("Redrive allow policy does not contain mandatory attribute: redrivePermission.");
  if (permission !== "allowAll" && permission !== "denyAll" && permission !== "byQueue")
    throw refuse("Invalid value for redrivePermission, valid values are allowAll, denyAll and byQueue.");
  if (permission !== "byQueue") {
    if (sources !== undefined) throw refuse("sourceQueueArns can only be specified when redrivePermission is byQueue.");
    return;
  }
  if (!Array.isArray(sources) || sources.length === 0) throw refuse("sourceQueueArns must be specified when redrivePermission is byQueue.");
  if (sources.length > limits.redriveSources.value)
    throw refuse(`At most ${limits.redriveSources.value} sourceQueueArns can be specified.`);
  if (!sources.every((source) => typeof source === "string" && queueArn.test(source)))
    throw refuse("Invalid value in sourceQueueArns: each must be the ARN of a queue.");
}

/** High throughput of FIFO queues needs both settings. */
export function checkThroughput(attributes: QueueAttributes): void {
  const { FifoThroughputLimit: limit, DeduplicationScope: scope } = attributes;
  if (limit !== "perMessageGroupId" || scope === "messageGroup") return;
  throw invalidParameter(
    "FifoThroughputLimit",
    limit,
    "The perMessageGroupId value is allowed only when the value for DeduplicationScope is messageGroup.",
  );
}

/** Whether a dead-letter queue with this RedriveAllowPolicy takes messages from a source. */
export function allowsRedriveFrom(redriveAllowPolicy: string | undefined, sourceArn: string): boolean {
  const policy = redriveAllowPolicy === undefined ? undefined : parseJson(redriveAllowPolicy);
  if (!isJsonObject(policy)) return true;
  if (policy["redrivePermission"] === "denyAll") return false;
  if (policy["redrivePermission"] !== "byQueue") return true;
  const sources = policy["sourceQueueArns"];
  return Array.isArray(sources) && sources.includes(sourceArn);
}

export function checkQueueName(name: string, isFifo: boolean): void {
  if (isFifo) {
    if (/^[A-Za-z0-9_-]{1,75}\.fifo$/.test(name)) return;
    throw new AwsError(
      "InvalidParameterValue",
      "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.",
    );
  }
  if (/^[A-Za-z0-9_-]{1,80}$/.test(name)) return;
  throw new AwsError("InvalidParameterValue", "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
}

function isJsonText(value: string): boolean {
  return parseJson(value) !== undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
