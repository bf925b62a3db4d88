// Events that Lambda fetches itself: each becomes an event source mapping.
import type { Json, JsonObject } from "../../../json.ts";
import { isJsonObject } from "../../../json.ts";
import { emit, fail } from "../context.ts";
import type { SamContext } from "../context.ts";
import { isIntrinsic, isSame, isSet } from "../json.ts";
import { allow, allowWriting } from "../role.ts";
import type { EventTarget } from "./functionEvents.ts";
import { accessPolicies, checkSchemaRegistry } from "./pullPolicies.ts";
import { words } from "../../../words.ts";

interface PullSource {
  /** Property that names the source. */
  readonly source?: string;
  /** Managed policy that the role needs. */
  readonly policy?: string;
}

export const pullSources: Readonly<Record<string, PullSource>> = {
  SQS: { source: "Queue", policy: "service-role/AWSLambdaSQSQueueExecutionRole" },
  Kinesis: { source: "Stream", policy: "service-role/AWSLambdaKinesisExecutionRole" },
  DynamoDB: { source: "Stream", policy: "service-role/AWSLambdaDynamoDBExecutionRole" },
  MSK: { source: "Stream", policy: "service-role/AWSLambdaMSKExecutionRole" },
  MQ: { source: "Broker" },
  SelfManagedKafka: {},
  DocumentDB: { source: "Cluster" },
};

const sameProperties = [
  "StartingPosition",
  "StartingPositionTimestamp",
  "BatchSize",
  "Enabled",
  "MaximumBatchingWindowInSeconds",
  "MaximumRetryAttempts",
  "BisectBatchOnFunctionError",
  "MaximumRecordAgeInSeconds",
  "ParallelizationFactor",
  "Topics",
  "Queues",
  "SourceAccessConfigurations",
  "TumblingWindowInSeconds",
  "FunctionResponseTypes",
  "FilterCriteria",
  "ScalingConfig",
  "KmsKeyArn",
  "MetricsConfig",
  "LoggingConfig",
  "ProvisionedPollerConfig",
];

/** Where a Kafka source keeps its own settings. */
const kafkaConfigs: Readonly<Record<string, string>> = {
  MSK: "AmazonManagedKafkaEventSourceConfig",
  SelfManagedKafka: "SelfManagedKafkaEventSourceConfig",
};

export function emitPullEvent(context: SamContext, target: EventTarget, name: string, type: string, given: JsonObject): void {
  const kind = pullSources[type] ?? {};
  const id = target.resource.id + name;
  const own: Record<string, Json | undefined> = {
    FunctionName: target.name,
    EventSourceArn: kind.source === undefined ? undefined : given[kind.source],
  };
  for (const property of sameProperties) own[property] = given[property];
  checkFilter(given.FilterCriteria);
  if (isSet(given.KafkaBootstrapServers))
    own.SelfManagedEventSource = { Endpoints: { KafkaBootstrapServers: given.KafkaBootstrapServers } };
  const kafka = Object.hasOwn(kafkaConfigs, type) ? kafkaConfigs[type] : undefined;
  if (kafka === undefined && isSet(given.ConsumerGroupId)) fail(words("{{type}} events have no ConsumerGroupId.", { type }), "sam.event");
  if (kafka !== undefined && (isSet(given.ConsumerGroupId) || isSet(given.SchemaRegistryConfig))) {
    checkSchemaRegistry(given.SchemaRegistryConfig);
    own[kafka] = { ...pick(given, "ConsumerGroupId"), ...pick(given, "SchemaRegistryConfig") };
  }
  if (type === "DocumentDB")
    own.DocumentDBEventSourceConfig = {
      DatabaseName: given.DatabaseName ?? null,
      ...pick(given, "CollectionName"),
      ...pick(given, "FullDocument"),
    };
  const failures = isSet(given.DestinationConfig) ? destination(id, given.DestinationConfig) : undefined;
  own.DestinationConfig = failures?.config;
  const policies = accessPolicies(context, id, type, given);
  emit(context, target.resource.id, id, "AWS::Lambda::EventSourceMapping", own, target.resource.passedOn);
  if (kind.policy !== undefined) target.managedPolicies.add(kind.policy);
  for (const policy of [...policies, ...(failures?.policies ?? [])]) {
    const isThere = target.inlinePolicies.some((each) => isSame(each.PolicyDocument ?? null, policy.PolicyDocument ?? null));
    if (!isThere) target.inlinePolicies.push(policy);
  }
}

function pick(given: JsonObject, name: string): JsonObject {
  const value = given[name];
  return isSet(value) ? { [name]: value } : {};
}

function checkFilter(given: Json | undefined): void {
  if (!isSet(given) || isIntrinsic(given)) return;
  const names = isJsonObject(given) ? Object.keys(given) : [];
  if (names.length !== 1 || names[0] !== "Filters") fail(words("FilterCriteria should have Filters, and nothing else."), "sam.event");
}

/** `Type` says which policy the role needs; it is SAM's own and goes no further. */
function destination(id: string, given: Json): { readonly config: JsonObject; readonly policies: readonly JsonObject[] } {
  const config = isJsonObject(given) ? given : {};
  if (!isJsonObject(config.OnFailure))
    fail(words("{{property}} of {{owner}} should be a map.", { property: "OnFailure", owner: "DestinationConfig" }), "sam.event");
  const { Type: type, ...onFailure } = config.OnFailure;
  if (!isSet(type)) return { config, policies: [] };
  const arn = onFailure.Destination ?? null;
  return { config: { ...config, OnFailure: onFailure }, policies: destinationPolicies(id, type, arn) };
}

function destinationPolicies(id: string, type: Json, arn: Json): readonly JsonObject[] {
  switch (type) {
    case "SQS":
      return [allow(`${id}SQSPolicy`, "sqs:SendMessage", arn)];
    case "SNS":
      return [allow(`${id}SNSPolicy`, "sns:publish", arn)];
    case "S3":
      return [allowWriting(`${id}S3Policy`, arn)];
    case "Kafka":
      return [];
    default:
      return fail(
        words("{{property}} of {{owner}} should be SQS, SNS, S3 or Kafka.", { property: "Type", owner: "OnFailure" }),
        "sam.event",
      );
  }
}
