import { isJsonObject } from "../../../model/json.ts";
import { snsLimits as limits } from "../../../model/limits/sns.ts";
import { normalizedTopicsPolicy, readDeliveryPolicy, writeEffectivePolicy } from "./delivery/deliveryPolicy.ts";
import { invalidParameter } from "./errors.ts";
import { parseJson } from "./parseJson.ts";
import type { Topic } from "./topics.ts";

// Attributes of a topic as AWS keeps them: texts. https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html

export type TopicAttributes = { [name: string]: string };

interface AttributeRule {
  readonly isFifoOnly?: boolean;
  /** Only at CreateTopic. */
  readonly isFixed?: boolean;
  /** An empty text takes it away. */
  readonly isRemovable?: boolean;
  /** What is wrong with it; undefined: nothing. */
  check(value: string): string | undefined;
  /** What is wrong is all that AWS says, not the reason of something. */
  readonly saysAll?: boolean;
}

const anything: AttributeRule = { isRemovable: true, check: () => undefined };
const oneOf = (...values: readonly string[]): AttributeRule => ({
  check: (value) => (values.includes(value) ? undefined : `must be one of ${values.join(", ")}`),
});
const feedback = (protocol: string): Record<string, AttributeRule> => ({
  [`${protocol}SuccessFeedbackRoleArn`]: anything,
  [`${protocol}FailureFeedbackRoleArn`]: anything,
  [`${protocol}SuccessFeedbackSampleRate`]: {
    isRemovable: true,
    check: (value) => (isWholeNumber(value, 0, 100) ? undefined : "must be a whole number from 0 to 100"),
  },
});

const rules: Readonly<Record<string, AttributeRule>> = {
  DisplayName: { isRemovable: true, check: (value) => (value.length <= 100 ? undefined : "must be 100 characters at most") },
  Policy: { check: (value) => (isJsonObject(parseJson(value)) ? undefined : "Policy Error: null") },
  DeliveryPolicy: {
    isRemovable: true,
    check(value) {
      readDeliveryPolicy(value, "DeliveryPolicy");
      return undefined;
    },
  },
  KmsMasterKeyId: anything,
  SignatureVersion: oneOf("1", "2"),
  TracingConfig: oneOf("Active", "PassThrough"),
  FifoTopic: { ...oneOf("true", "false"), isFixed: true },
  ContentBasedDeduplication: { ...oneOf("true", "false"), isFifoOnly: true },
  FifoThroughputScope: { ...oneOf("Topic", "MessageGroup"), isFifoOnly: true },
  ArchivePolicy: { isFifoOnly: true, isRemovable: true, check: archiveProblem },
  DataProtectionPolicy: anything,
  MaximumMessageSize: {
    check: (value) =>
      isWholeNumber(value, limits.messageBytesMin.value, limits.messageBytesMax.value)
        ? undefined
        : `MaximumMessageSize: ${value} is not an integer between ${limits.messageBytesMin.value} and ${limits.messageBytesMax.value} bytes`,
    saysAll: true,
  },
  ...feedback("Application"),
  ...feedback("HTTP"),
  ...feedback("Lambda"),
  ...feedback("SQS"),
  ...feedback("Firehose"),
};

/** Given at CreateTopic: all at once, and answered in that operation's words. */
export function checkTopicAttributes(attributes: TopicAttributes, isFifo: boolean): void {
  for (const [name, value] of Object.entries(attributes)) {
    const rule = rules[name];
    if (!rule) throw invalidParameter(`Attributes Reason: Unknown attribute ${name}`);
    checkOne(name, value, rule, isFifo, { before: "Attributes Reason: ", reason: `${name} ` });
  }
}

/** One at SetTopicAttributes. */
export function checkTopicAttribute(name: string, value: string, isFifo: boolean): void {
  const rule = rules[name];
  if (!rule || rule.isFixed) throw invalidParameter("AttributeName");
  checkOne(name, value, rule, isFifo, { before: "", reason: `${name} Reason: ` });
}

interface Told {
  readonly before: string;
  readonly reason: string;
}

function checkOne(name: string, value: string, rule: AttributeRule, isFifo: boolean, { before, reason }: Told): void {
  if (rule.isFifoOnly && !isFifo && value !== "false") {
    throw invalidParameter(
      name === "ContentBasedDeduplication"
        ? "Content-based deduplication can only be set for FIFO topics"
        : `${before}${reason}can only be set for FIFO topics`,
    );
  }
  if (value === "" && rule.isRemovable) return;
  const problem = rule.check(value);
  if (problem !== undefined) throw invalidParameter(`${before}${rule.saysAll === true ? "" : reason}${problem}`);
}

/** What receives messages above the size that a topic has by itself. */
const largeMessageProtocols: readonly string[] = ["sqs", "lambda", "firehose"];

export function checkLargeMessages(size: string | undefined, protocols: readonly string[]): void {
  const ordinary = limits.messageBytesDefault.value;
  if (Number(size ?? ordinary) <= ordinary) return;
  const refused = [...new Set(protocols.filter((protocol) => !largeMessageProtocols.includes(protocol)))];
  if (refused.length > 0)
    throw invalidParameter(
      `MaximumMessageSize greater than ${ordinary} bytes is not supported for the following protocol: [${refused.join(", ")}]`,
    );
  const most = limits.largeMessageSubscriptions.value;
  if (protocols.length > most)
    throw invalidParameter(`A topic with MaximumMessageSize greater than ${ordinary} bytes supports a maximum of ${most} subscriptions`);
}

export function mergedAttributes(before: TopicAttributes, changes: TopicAttributes): TopicAttributes {
  const all = { ...before };
  for (const [name, value] of Object.entries(changes)) {
    if ((value === "" && rules[name]?.isRemovable) || (name === "ArchivePolicy" && archiveDays({ [name]: value }) === null))
      delete all[name];
    else all[name] = name === "DeliveryPolicy" ? normalizedTopicsPolicy(value) : value;
  }
  // AWS does not keep it for a topic that is none
  if (all["FifoTopic"] === "false") delete all["FifoTopic"];
  return all;
}

/** As GetTopicAttributes answers. */
export function describeAttributes(
  topic: Topic,
  accountId: string,
  counts: { readonly confirmed: number; readonly pending: number },
): TopicAttributes {
  return {
    Policy: defaultPolicy(topic.arn, accountId),
    DisplayName: "",
    ...(topic.isFifo ? { FifoTopic: "true", ContentBasedDeduplication: "false" } : {}),
    ...topic.attributes,
    Owner: accountId,
    TopicArn: topic.arn,
    SubscriptionsPending: String(counts.pending),
    SubscriptionsConfirmed: String(counts.confirmed),
    SubscriptionsDeleted: String(topic.deletedSubscriptions),
    EffectiveDeliveryPolicy: writeEffectivePolicy(topic.attributes["DeliveryPolicy"]),
  };
}

/** How long a topic keeps its messages for replay; null: it keeps none. */
export function archiveDays(attributes: TopicAttributes): number | null {
  const policy = parseJson(attributes["ArchivePolicy"] ?? "");
  return isJsonObject(policy) && Object.keys(policy).length > 0 ? Number(policy["MessageRetentionPeriod"]) : null;
}

function archiveProblem(value: string): string | undefined {
  const policy = parseJson(value);
  if (!isJsonObject(policy)) return "failed to parse JSON.";
  // an empty one ends the archive
  if (Object.keys(policy).length === 0) return undefined;
  const { archiveDaysMin: min, archiveDaysMax: max } = limits;
  return isWholeNumber(String(policy["MessageRetentionPeriod"]), min.value, max.value)
    ? undefined
    : `MessageRetentionPeriod must be a whole number of days from ${min.value} to ${max.value}`;
}

function isWholeNumber(value: string, min: number, max: number): boolean {
  return /^\d+$/.test(value) && Number(value) >= min && Number(value) <= max;
}

export function defaultPolicy(topicArn: string, accountId: string): string {
  return JSON.stringify({
    Version: "2008-10-17",
    Id: "__default_policy_ID",
    Statement: [
      {
        Sid: "__default_statement_ID",
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: [
          "SNS:GetTopicAttributes",
          "SNS:SetTopicAttributes",
          "SNS:AddPermission",
          "SNS:RemovePermission",
          "SNS:DeleteTopic",
          "SNS:Subscribe",
          "SNS:ListSubscriptionsByTopic",
          "SNS:Publish",
        ],
        Resource: topicArn,
        Condition: { StringEquals: { "AWS:SourceOwner": accountId } },
      },
    ],
  });
}
