// Events that a service pushes to the function: a permission, and what the service needs to know of it.
import type { Json, JsonObject } from "../../../json.ts";
import { isJsonObject } from "../../../json.ts";
import { emit, fail } from "../context.ts";
import type { SamContext } from "../context.ts";
import { canonicalJson, getAtt, listOf, mapOf, ref, refId, sub } from "../json.ts";
import { emitRule, targetId } from "./rule.ts";
import { emitScheduleV2 } from "./schedule.ts";
import type { EventTarget } from "./functionEvents.ts";
import { emitPermission } from "./permission.ts";

type PushEvent = (context: SamContext, target: EventTarget, id: string, given: JsonObject) => void;

export const pushSources: Readonly<Record<string, PushEvent>> = {
  SNS: emitTopicSubscription,
  S3: emitBucketNotification,
  Schedule: (context, target, id, given) => emitRuleEvent(context, target, id, given),
  CloudWatchEvent: (context, target, id, given) => emitRuleEvent(context, target, id, given),
  EventBridgeRule: (context, target, id, given) => emitRuleEvent(context, target, id, given),
  ScheduleV2: (context, target, id, given) => {
    emitScheduleV2(
      context,
      { resource: target.resource, arn: target.arn, action: "lambda:InvokeFunction", policyName: "Lambda" },
      id,
      given,
    );
  },
  CloudWatchLogs: emitLogSubscription,
  IoTRule: emitIotRule,
  AlexaSkill: (context, target, id, given) => {
    emitPermission(context, target, { prefix: id, principal: "alexa-appkit.amazon.com", properties: { EventSourceToken: given.SkillId } });
  },
  Cognito: emitUserPoolTrigger,
};

export function emitPushEvent(context: SamContext, target: EventTarget, name: string, type: string, given: JsonObject): void {
  pushSources[type]?.(context, target, target.resource.id + name, given);
}

function emitRuleEvent(context: SamContext, target: EventTarget, id: string, given: JsonObject): void {
  const ruleId = emitRule(context, target.resource, id, given, { Arn: target.arn, Id: targetId(id, "LambdaTarget") });
  emitPermission(context, target, { prefix: id, principal: "events.amazonaws.com", properties: { SourceArn: getAtt(ruleId, "Arn") } });
}

function emitTopicSubscription(context: SamContext, target: EventTarget, id: string, given: JsonObject): void {
  if (given.Topic === undefined) fail("SNS events need Topic.", "sam.event");
  const { resource } = target;
  const subscribe = (protocol: string, endpoint: Json): void => {
    emit(
      context,
      resource.id,
      id,
      "AWS::SNS::Subscription",
      {
        Endpoint: endpoint,
        Protocol: protocol,
        TopicArn: given.Topic,
        Region: given.Region,
        FilterPolicy: given.FilterPolicy,
        FilterPolicyScope: given.FilterPolicyScope,
        RedrivePolicy: given.RedrivePolicy,
      },
      resource.passedOn,
    );
  };
  if (given.SqsSubscription === undefined || given.SqsSubscription === false) {
    emitPermission(context, target, { prefix: id, principal: "sns.amazonaws.com", properties: { SourceArn: given.Topic } });
    subscribe("lambda", target.arn);
    return;
  }
  const existing = mapOf(given.SqsSubscription);
  const isMade = given.SqsSubscription === true;
  if (!isMade && (existing.QueueArn === undefined || existing.QueueUrl === undefined))
    fail("SqsSubscription needs QueueArn and QueueUrl.", "sam.event");
  const queueArn = isMade ? getAtt(`${id}Queue`, "Arn") : (existing.QueueArn ?? null);
  if (isMade) emit(context, resource.id, `${id}Queue`, "AWS::SQS::Queue", {}, resource.passedOn);
  emit(
    context,
    resource.id,
    `${id}EventSourceMapping`,
    "AWS::Lambda::EventSourceMapping",
    { FunctionName: target.name, EventSourceArn: queueArn, BatchSize: existing.BatchSize ?? 10, Enabled: existing.Enabled ?? true },
    resource.passedOn,
  );
  target.managedPolicies.add("service-role/AWSLambdaSQSQueueExecutionRole");
  emit(
    context,
    resource.id,
    typeof existing.QueuePolicyLogicalId === "string" ? existing.QueuePolicyLogicalId : `${id}QueuePolicy`,
    "AWS::SQS::QueuePolicy",
    {
      PolicyDocument: {
        Version: "2012-10-17",
        Statement: [
          {
            Action: "sqs:SendMessage",
            Effect: "Allow",
            Principal: "*",
            Resource: queueArn,
            Condition: { ArnEquals: { "aws:SourceArn": given.Topic } },
          },
        ],
      },
      Queues: [isMade ? ref(`${id}Queue`) : (existing.QueueUrl ?? null)],
    },
    resource.passedOn,
  );
  subscribe("sqs", queueArn);
}

function emitBucketNotification(context: SamContext, target: EventTarget, id: string, given: JsonObject): void {
  const bucketId = refId(given.Bucket);
  const bucket = bucketId === undefined ? undefined : context.resources[bucketId];
  if (bucketId === undefined || !isJsonObject(bucket)) fail("S3 events must reference an S3 bucket in the same template.", "sam.event");
  const permission = emitPermission(context, target, {
    prefix: id,
    principal: "s3.amazonaws.com",
    properties: { SourceAccount: ref("AWS::AccountId") },
  });
  const { Condition: condition } = target.resource.passedOn;
  const properties = mapOf(bucket.Properties);
  bucket.Properties = properties;
  if (typeof condition === "string") {
    // A conditional permission cannot be in DependsOn; a tag that refers to it makes the bucket wait all the same.
    properties.Tags = [
      ...listOf(properties.Tags),
      { "Fn::If": [condition, { Key: `sam:ConditionalDependsOn:${permission}`, Value: ref(permission) }, ref("AWS::NoValue")] },
    ];
  } else {
    const depends = listOf(bucket.DependsOn);
    if (!depends.includes(permission)) bucket.DependsOn = [...depends, permission];
  }
  const notification = mapOf(properties.NotificationConfiguration);
  properties.NotificationConfiguration = notification;
  const added = listOf(given.Events).map((event): Json => {
    const entry: JsonObject = { Event: event, Function: target.arn, ...(given.Filter === undefined ? {} : { Filter: given.Filter }) };
    return typeof condition === "string" ? { "Fn::If": [condition, entry, ref("AWS::NoValue")] } : entry;
  });
  const existing = listOf(notification.LambdaConfigurations);
  const isNew = (entry: Json): boolean => !existing.some((each) => canonicalJson(each) === canonicalJson(entry));
  notification.LambdaConfigurations = [...existing, ...added.filter(isNew)];
}

function emitLogSubscription(context: SamContext, target: EventTarget, id: string, given: JsonObject): void {
  if (given.LogGroupName === undefined || given.FilterPattern === undefined)
    fail("CloudWatchLogs events need LogGroupName and FilterPattern.", "sam.event");
  const arn = sub(`arn:${context.partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:\${__LogGroupName__}:*`, {
    __LogGroupName__: given.LogGroupName,
  });
  emit(
    context,
    target.resource.id,
    id,
    "AWS::Logs::SubscriptionFilter",
    { LogGroupName: given.LogGroupName, FilterPattern: given.FilterPattern, DestinationArn: target.arn },
    { DependsOn: [`${id}Permission`], ...target.resource.passedOn },
  );
  emitPermission(context, target, { prefix: id, principal: "logs.amazonaws.com", properties: { SourceArn: arn } });
}

function emitIotRule(context: SamContext, target: EventTarget, id: string, given: JsonObject): void {
  const arn = sub(`arn:${context.partition}:iot:\${AWS::Region}:\${AWS::AccountId}:rule/\${RuleName}`, { RuleName: ref(id) });
  emitPermission(context, target, {
    prefix: id,
    principal: "iot.amazonaws.com",
    properties: { SourceArn: arn, SourceAccount: sub("${AWS::AccountId}") },
  });
  emit(
    context,
    target.resource.id,
    id,
    "AWS::IoT::TopicRule",
    {
      TopicRulePayload: {
        Sql: given.Sql ?? null,
        RuleDisabled: false,
        Actions: [{ Lambda: { FunctionArn: target.arn } }],
        ...(given.AwsIotSqlVersion === undefined ? {} : { AwsIotSqlVersion: given.AwsIotSqlVersion }),
      },
    },
    target.resource.passedOn,
  );
}

function emitUserPoolTrigger(context: SamContext, target: EventTarget, _id: string, given: JsonObject): void {
  const poolId = refId(given.UserPool);
  const pool = poolId === undefined ? undefined : context.resources[poolId];
  if (poolId === undefined || !isJsonObject(pool))
    fail("Cognito events must reference a Cognito UserPool in the same template.", "sam.event");
  emitPermission(context, target, {
    prefix: `${target.resource.id}Cognito`,
    principal: "cognito-idp.amazonaws.com",
    properties: { SourceArn: getAtt(poolId, "Arn") },
  });
  const properties = mapOf(pool.Properties);
  pool.Properties = properties;
  const config = mapOf(properties.LambdaConfig);
  properties.LambdaConfig = config;
  for (const trigger of listOf(given.Trigger)) {
    if (typeof trigger !== "string") continue;
    if (config[trigger] !== undefined) fail(`the Cognito trigger ${trigger} is defined several times.`, "sam.event");
    config[trigger] = target.arn;
  }
}
