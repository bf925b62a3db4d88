import type { Json } from "../json.ts";
import { listOf, textOf } from "./view.ts";

// What IAM actions and SAM's policy templates let their holder do, in a word for the edge.

/** Words by service and beginning of the operation's name; the first that fits. */
const words: Readonly<Record<string, readonly (readonly [beginning: RegExp, word: string])[]>> = {
  dynamodb: [
    [/^(GetRecords|GetShardIterator|DescribeStream|ListStreams)/, "read stream"],
    [/^(Get|BatchGet|Query|Scan|ConditionCheck|PartiQLSelect)/, "read"],
    [/^(Put|Update|Delete|BatchWrite|PartiQL)/, "write"],
  ],
  s3: [
    [/^(Get|List|Head)/, "read"],
    [/^(Put|Delete|Abort|Restore)/, "write"],
  ],
  sqs: [
    [/^Send/, "send"],
    [/^(Receive|Delete|ChangeMessageVisibility)/, "receive"],
  ],
  sns: [[/^Publish/, "publish"]],
  lambda: [[/^Invoke/, "invoke"]],
  states: [
    [/^(StartExecution|StartSyncExecution)/, "start"],
    [/^SendTask/, "answer tasks"],
  ],
  events: [[/^PutEvents/, "put events"]],
  kinesis: [
    [/^PutRecord/, "write"],
    [/^(Get|Subscribe)/, "read"],
  ],
  firehose: [[/^PutRecord/, "write"]],
  secretsmanager: [[/^GetSecretValue/, "read"]],
  ssm: [[/^GetParameter/, "read"]],
  kms: [
    [/^(Encrypt|GenerateDataKey)/, "encrypt"],
    [/^Decrypt/, "decrypt"],
  ],
  "execute-api": [
    [/^Invoke/, "invoke"],
    [/^ManageConnections/, "post to connections"],
  ],
  scheduler: [[/^CreateSchedule/, "schedule"]],
  appsync: [[/^GraphQL/, "query"]],
};

/** Looking at a resource before using it says nothing of the use. */
const looking = /^(Describe|List(?!Objects|Bucket|Streams)|GetQueue(Url|Attributes)|GetTopicAttributes|GetBucketLocation)/;

/** `read, write`; operations without a word by their names while they are few. */
export function actionsLabel(actions: Json | undefined): string {
  const names = listOf(actions).flatMap((action) => textOf(action) ?? []);
  if (names.some((name) => name === "*" || name.endsWith(":*"))) return "all";
  const found = new Set<string>();
  const others: string[] = [];
  for (const name of names) {
    const [service = "", operation = ""] = name.split(":");
    const word = words[service.toLowerCase()]?.find(([beginning]) => beginning.test(operation))?.[1];
    if (word !== undefined) found.add(word);
    else if (!looking.test(operation)) others.push(operation);
  }
  const rest = found.size + others.length <= 3 ? others : [`${others.length} operations`];
  if (found.size === 0 && others.length === 0) return names.length === 0 ? "" : "describe";
  return [...found, ...rest].join(", ");
}

const pollings =
  /^(sqs:(ReceiveMessage|DeleteMessage|GetQueue|ChangeMessageVisibility)|kinesis:(Get|Describe|List|Subscribe)|dynamodb:(GetRecords|GetShardIterator|DescribeStream|ListStreams))/i;

/** Nothing more than what an event source mapping needs to read its source. */
export function isPolling(actions: Json | undefined): boolean {
  const names = listOf(actions);
  return names.length > 0 && names.every((name) => typeof name === "string" && pollings.test(name));
}

/** Words of SAM's policy templates. */
export const policyTemplates: Readonly<Record<string, string>> = {
  DynamoDBCrudPolicy: "read, write",
  DynamoDBReadPolicy: "read",
  DynamoDBWritePolicy: "write",
  DynamoDBReconfigurePolicy: "reconfigure",
  DynamoDBBackupFullAccessPolicy: "back up",
  DynamoDBRestoreFromBackupPolicy: "restore",
  DynamoDBStreamReadPolicy: "read stream",
  SQSSendMessagePolicy: "send",
  SQSPollerPolicy: "receive",
  SNSPublishMessagePolicy: "publish",
  SNSCrudPolicy: "publish, manage",
  LambdaInvokePolicy: "invoke",
  S3ReadPolicy: "read",
  S3WritePolicy: "write",
  S3CrudPolicy: "read, write",
  S3FullAccessPolicy: "read, write",
  EventBridgePutEventsPolicy: "put events",
  StepFunctionsExecutionPolicy: "start",
  KinesisCrudPolicy: "read, write",
  KinesisStreamReadPolicy: "read",
  FirehoseWritePolicy: "write",
  FirehoseCrudPolicy: "read, write",
  AWSSecretsManagerGetSecretValuePolicy: "read",
  AWSSecretsManagerRotationPolicy: "rotate",
  SSMParameterReadPolicy: "read",
  SSMParameterWithSlashPrefixReadPolicy: "read",
  KMSDecryptPolicy: "decrypt",
  KMSEncryptPolicy: "encrypt",
  EcsRunTaskPolicy: "run task",
  ElasticsearchHttpPostPolicy: "write",
  EventBridgeSchedulerPolicy: "schedule",
};

/** Those that only let a function read the source of its events. */
export const pollingTemplates: ReadonlySet<string> = new Set(["SQSPollerPolicy", "DynamoDBStreamReadPolicy", "KinesisStreamReadPolicy"]);
