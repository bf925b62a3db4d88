// Events that Lambda fetches itself: each becomes an event source mapping.
import type { Json, JsonObject } from "../../../json.ts";
import { emit, fail } from "../context.ts";
import type { SamContext } from "../context.ts";
import { isIntrinsic, listOf, mapOf, sub } from "../json.ts";
import { allow } from "../role.ts";
import type { EventTarget } from "./functionEvents.ts";

interface PullSource {
  /** Property that names the source. */
  readonly source?: string;
  /** Managed policy that the role needs. */
  readonly policy?: string;
  readonly required?: readonly string[];
}

export const pullSources: Readonly<Record<string, PullSource>> = {
  SQS: { source: "Queue", policy: "service-role/AWSLambdaSQSQueueExecutionRole", required: ["Queue"] },
  Kinesis: { source: "Stream", policy: "service-role/AWSLambdaKinesisExecutionRole", required: ["Stream"] },
  DynamoDB: { source: "Stream", policy: "service-role/AWSLambdaDynamoDBExecutionRole", required: ["Stream"] },
  MSK: { source: "Stream", policy: "service-role/AWSLambdaMSKExecutionRole", required: ["Stream"] },
  MQ: { source: "Broker", required: ["Broker", "Queues", "SourceAccessConfigurations"] },
  SelfManagedKafka: { required: ["KafkaBootstrapServers", "Topics"] },
  DocumentDB: { source: "Cluster", required: ["Cluster", "DatabaseName", "SourceAccessConfigurations"] },
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

export function emitPullEvent(context: SamContext, target: EventTarget, name: string, type: string, given: JsonObject): void {
  const kind = pullSources[type] ?? {};
  for (const property of kind.required ?? []) if (given[property] === undefined) fail(`${type} events need ${property}.`, "sam.event");
  const id = target.resource.id + name;
  const own: Record<string, Json | undefined> = {
    FunctionName: target.name,
    EventSourceArn: kind.source === undefined ? undefined : given[kind.source],
  };
  for (const property of sameProperties) own[property] = given[property];
  if (type === "SelfManagedKafka") own.SelfManagedEventSource = { Endpoints: { KafkaBootstrapServers: given.KafkaBootstrapServers ?? [] } };
  if (given.ConsumerGroupId !== undefined || given.SchemaRegistryConfig !== undefined) {
    const config = { ...pick(given, "ConsumerGroupId"), ...pick(given, "SchemaRegistryConfig") };
    own[type === "MSK" ? "AmazonManagedKafkaEventSourceConfig" : "SelfManagedKafkaEventSourceConfig"] = config;
  }
  if (type === "DocumentDB")
    own.DocumentDBEventSourceConfig = { ...pick(given, "CollectionName"), ...pick(given, "DatabaseName"), ...pick(given, "FullDocument") };
  if (Object.keys(mapOf(given.DestinationConfig)).length > 0)
    own.DestinationConfig = destination(target, id, mapOf(given.DestinationConfig));
  emit(context, target.resource.id, id, "AWS::Lambda::EventSourceMapping", own, target.resource.passedOn);
  if (kind.policy !== undefined) target.managedPolicies.add(kind.policy);
  addAccessPolicies(target, name, type, given);
}

function pick(given: JsonObject, name: string): JsonObject {
  return given[name] === undefined ? {} : { [name]: given[name] };
}

/** `Type` says which policy the role needs; it is SAM's own and goes no further. */
function destination(target: EventTarget, id: string, config: JsonObject): JsonObject {
  const { Type: type, ...onFailure } = mapOf(config.OnFailure);
  if (type !== undefined) {
    if (type !== "SQS" && type !== "SNS") fail("the Type of OnFailure must be SQS or SNS.");
    const policy = allow(`${id}${type}Policy`, type === "SQS" ? "sqs:SendMessage" : "sns:publish", onFailure.Destination ?? null);
    const isThere = target.inlinePolicies.some((each) => JSON.stringify(each.PolicyDocument) === JSON.stringify(policy.PolicyDocument));
    if (!isThere) target.inlinePolicies.push(policy);
  }
  return { ...config, OnFailure: onFailure };
}

/** Brokers and databases are reached with a secret; the role must read it. */
function addAccessPolicies(target: EventTarget, name: string, type: string, given: JsonObject): void {
  if (type !== "MQ" && type !== "DocumentDB" && type !== "SelfManagedKafka") return;
  const secrets = listOf(given.SourceAccessConfigurations).flatMap((each) => {
    const uri = mapOf(each).URI;
    return uri !== undefined &&
      /^(BASIC_AUTH|CLIENT_CERTIFICATE_TLS_AUTH|SASL_SCRAM_(256|512)_AUTH|SERVER_ROOT_CA_CERTIFICATE)$/.test(String(mapOf(each).Type))
      ? [uri]
      : [];
  });
  const statements: JsonObject[] = secrets.map((secret) => ({
    Action: ["secretsmanager:GetSecretValue"],
    Effect: "Allow",
    Resource: secret,
  }));
  if (type === "MQ") statements.push({ Action: ["mq:DescribeBroker"], Effect: "Allow", Resource: given.Broker ?? null });
  if (type === "DocumentDB" && !isIntrinsic(given.Cluster))
    statements.push({
      Action: ["rds:DescribeDBClusterParameters"],
      Effect: "Allow",
      Resource: sub("arn:${AWS::Partition}:rds:${AWS::Region}:${AWS::AccountId}:cluster:*"),
    });
  if (given.SecretsManagerKmsKeyId !== undefined) {
    statements.push({
      Action: ["kms:Decrypt"],
      Effect: "Allow",
      Resource: sub(`arn:\${AWS::Partition}:kms:\${AWS::Region}:\${AWS::AccountId}:key/${String(given.SecretsManagerKmsKeyId)}`),
    });
  }
  if (statements.length > 0)
    target.inlinePolicies.push({ PolicyName: `Sam${type}${name}Policy`, PolicyDocument: { Statement: statements } });
}
