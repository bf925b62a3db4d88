// Which events of a bucket go where: https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html
import type { NotificationConfiguration, NotificationConfigurationFilter } from "@aws-sdk/client-s3";
import type { Ids, ResourceIndex } from "../../../kernel/service.ts";
import { AwsError } from "../../../kernel/awsError.ts";
import { invalidArgument } from "../errors.ts";

export type TargetType = "lambda" | "sqs" | "sns" | "events";

export interface NotificationTarget {
  readonly type: TargetType;
  /** Empty for EventBridge. */
  readonly arn: string;
  readonly configurationId: string;
}

interface Rule extends NotificationTarget {
  readonly events: readonly string[];
  readonly prefix: string;
  readonly suffix: string;
}

const eventNames: ReadonlySet<string> = new Set([
  "s3:ReducedRedundancyLostObject",
  ...names("ObjectCreated", ["*", "Put", "Post", "Copy", "CompleteMultipartUpload"]),
  ...names("ObjectRemoved", ["*", "Delete", "DeleteMarkerCreated"]),
  ...names("ObjectRestore", ["*", "Post", "Completed", "Delete"]),
  ...names("Replication", [
    "*",
    "OperationFailedReplication",
    "OperationNotTracked",
    "OperationMissedThreshold",
    "OperationReplicatedAfterThreshold",
  ]),
  "s3:LifecycleTransition",
  "s3:IntelligentTiering",
  ...names("LifecycleExpiration", ["*", "Delete", "DeleteMarkerCreated"]),
  "s3:ObjectAcl:Put",
  ...names("ObjectTagging", ["*", "Put", "Delete"]),
]);

function names(kind: string, ends: readonly string[]): string[] {
  return ends.map((end) => `s3:${kind}:${end}`);
}

/** Each configuration has a name; what has none is given one. */
export function withIds(configuration: NotificationConfiguration, ids: Ids): NotificationConfiguration {
  const named = <Entry extends { Id?: string | undefined }>(entries: readonly Entry[] | undefined): Entry[] | undefined =>
    entries?.map((entry) => ({ ...entry, Id: entry.Id ?? ids.uuid() }));
  const { LambdaFunctionConfigurations: functions, QueueConfigurations: queues, TopicConfigurations: topics } = configuration;
  return {
    ...configuration,
    ...(functions && { LambdaFunctionConfigurations: named(functions) }),
    ...(queues && { QueueConfigurations: named(queues) }),
    ...(topics && { TopicConfigurations: named(topics) }),
  };
}

export function rulesOf(configuration: NotificationConfiguration): Rule[] {
  return [
    ...(configuration.LambdaFunctionConfigurations ?? []).map((each) => ruleOf("lambda", each.LambdaFunctionArn, each)),
    ...(configuration.QueueConfigurations ?? []).map((each) => ruleOf("sqs", each.QueueArn, each)),
    ...(configuration.TopicConfigurations ?? []).map((each) => ruleOf("sns", each.TopicArn, each)),
  ];
}

function ruleOf(
  type: TargetType,
  arn: string | undefined,
  given: {
    readonly Id?: string | undefined;
    readonly Events?: readonly string[] | undefined;
    readonly Filter?: NotificationConfigurationFilter | undefined;
  },
): Rule {
  const valueOf = (name: string): string => given.Filter?.Key?.FilterRules?.find((rule) => rule.Name?.toLowerCase() === name)?.Value ?? "";
  return {
    type,
    arn: arn ?? "",
    configurationId: given.Id ?? "",
    events: given.Events ?? [],
    prefix: valueOf("prefix"),
    suffix: valueOf("suffix"),
  };
}

/** Who hears of an event, such as `ObjectCreated:Put`, of a key. */
export function targetsOf(configuration: NotificationConfiguration, event: string, key: string): NotificationTarget[] {
  const hearing: NotificationTarget[] = rulesOf(configuration).filter(
    ({ events, prefix, suffix }) =>
      key.startsWith(prefix) && key.endsWith(suffix) && events.some((pattern) => includesEvent(pattern, `s3:${event}`)),
  );
  if (configuration.EventBridgeConfiguration !== undefined) hearing.push({ type: "events", arn: "", configurationId: "" });
  return hearing;
}

function includesEvent(pattern: string, event: string): boolean {
  return pattern === event || (pattern.endsWith(":*") && event.startsWith(pattern.slice(0, -1)));
}

export function checkConfiguration(configuration: NotificationConfiguration): void {
  const rules = rulesOf(configuration);
  for (const rule of rules) {
    if (rule.events.length === 0)
      throw new AwsError("MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema");
    const unknown = rule.events.find((event) => !eventNames.has(event));
    if (unknown !== undefined) throw invalidArgument("A specified event is not supported for notifications", "Event", unknown);
    if (!new RegExp(`^arn:[^:]+:${rule.type}:[^:]*:\\d{12}:.+$`).test(rule.arn))
      throw invalidArgument("The ARN could not be parsed", argumentNames[rule.type], rule.arn);
    if (rule.arn.endsWith(".fifo"))
      throw invalidArgument("FIFO SQS queues and SNS topics are not supported as destinations", argumentNames[rule.type], rule.arn);
  }
  rules.forEach((rule, index) => {
    if (rules.slice(0, index).some((other) => overlaps(rule, other)))
      throw new AwsError("InvalidArgument", "Configurations overlap. Configurations on the same bucket cannot share a common event type.");
  });
}

const argumentNames: Readonly<Record<TargetType, string>> = {
  lambda: "CloudFunction",
  sqs: "Queue",
  sns: "Topic",
  events: "EventBridge",
};

/** One key could be meant by both. */
function overlaps(one: Rule, other: Rule): boolean {
  const shareEvent = one.events.some((event) =>
    other.events.some((another) => includesEvent(event, another) || includesEvent(another, event)),
  );
  const sharePrefix = one.prefix.startsWith(other.prefix) || other.prefix.startsWith(one.prefix);
  const shareSuffix = one.suffix.endsWith(other.suffix) || other.suffix.endsWith(one.suffix);
  return shareEvent && sharePrefix && shareSuffix;
}

/** Targets in this account's regions have to be there. */
export function checkDestinations(configuration: NotificationConfiguration, resources: Pick<ResourceIndex, "findByArn">): void {
  const absent = rulesOf(configuration).filter(({ arn }) => {
    const unqualified = arn.split(":").slice(0, 7).join(":");
    return resources.findByArn(arn) === undefined && resources.findByArn(unqualified) === undefined;
  });
  const [first] = absent;
  if (first !== undefined)
    throw invalidArgument("Unable to validate the following destination configurations", first.arn, "The destination does not exist");
}
