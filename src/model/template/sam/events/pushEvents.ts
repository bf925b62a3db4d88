// Events that a service pushes to the function: a permission, and what the service needs to know of it.
import type { Json, JsonObject } from "../../../json.ts";
import { isJsonObject } from "../../../json.ts";
import { emit, fail } from "../context.ts";
import type { SamContext } from "../context.ts";
import { getAtt, isSame, isSet, listOf, mapOf, ref, sub } from "../json.ts";
import { conditional } from "../openApi.ts";
import { emitRule, targetId } from "./rule.ts";
import type { RuleRequest } from "./rule.ts";
import { emitScheduleV2 } from "./schedule.ts";
import { emitTopicSubscription } from "./topicSubscription.ts";
import type { EventTarget } from "./functionEvents.ts";
import { emitPermission } from "./permission.ts";
import { words } from "../../../words.ts";

type PushEvent = (context: SamContext, target: EventTarget, id: string, given: JsonObject) => void;

export const pushSources: Readonly<Record<string, PushEvent>> = {
  SNS: emitTopicSubscription,
  S3: emitBucketNotification,
  Schedule: (context, target, id, given) => emitRuleEvent(context, target, { id, type: "Schedule", given }),
  CloudWatchEvent: (context, target, id, given) => emitRuleEvent(context, target, { id, type: "CloudWatchEvent", given }),
  EventBridgeRule: (context, target, id, given) => emitRuleEvent(context, target, { id, type: "EventBridgeRule", given }),
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

function emitRuleEvent(context: SamContext, target: EventTarget, event: Omit<RuleRequest, "target">): void {
  const { id } = event;
  emitRule(context, target.resource, { ...event, target: { Arn: target.arn, Id: targetId(id, "LambdaTarget") } });
  emitPermission(context, target, { prefix: id, principal: "events.amazonaws.com", properties: { SourceArn: getAtt(id, "Arn") } });
}

function emitBucketNotification(context: SamContext, target: EventTarget, id: string, given: JsonObject): void {
  const { id: bucketId, resource: bucket } = referenced(context, given.Bucket, "AWS::S3::Bucket");
  const properties = bucket.Properties === undefined ? {} : bucket.Properties;
  if (!isJsonObject(properties))
    fail(words("{{property}} of {{owner}} should be a map.", { property: "Properties", owner: bucketId }), "sam.event");
  const notification = properties.NotificationConfiguration ?? {};
  if (!isJsonObject(notification))
    fail(words("{{property}} of {{owner}} should be a map.", { property: "NotificationConfiguration", owner: bucketId }), "sam.event");
  const existing = notification.LambdaConfigurations ?? [];
  if (!Array.isArray(existing))
    fail(words("{{property}} of {{owner}} should be a list.", { property: "LambdaConfigurations", owner: bucketId }), "sam.event");
  const permission = emitPermission(context, target, {
    prefix: id,
    principal: "s3.amazonaws.com",
    properties: { SourceAccount: ref("AWS::AccountId") },
  });
  const { Condition: condition } = target.resource.passedOn;
  bucket.Properties = properties;
  if (typeof condition === "string") {
    // A conditional permission cannot be in DependsOn; a tag that refers to it makes the bucket wait all the same.
    const value: Json = { "Fn::If": [condition, ref(permission), "no dependency"] };
    const tags = properties.Tags ?? [];
    if (!Array.isArray(tags))
      fail(words("{{property}} of {{owner}} should be a list.", { property: "Tags", owner: bucketId }), "sam.event");
    properties.Tags = [...tags, { Key: `sam:ConditionalDependsOn:${permission}`, Value: value }];
  } else {
    const depends = listOf(bucket.DependsOn);
    if (!depends.includes(permission)) bucket.DependsOn = [...depends, permission];
  }
  properties.NotificationConfiguration = notification;
  const added = listOf(given.Events).map((event): Json => {
    const filter = given.Filter ?? undefined;
    return conditional(condition, { Event: event, Function: target.arn, ...(filter === undefined ? {} : { Filter: filter }) });
  });
  const configurations = [...existing];
  for (const entry of added) if (!configurations.some((each) => isSame(each, entry))) configurations.push(entry);
  notification.LambdaConfigurations = configurations;
  asAwsKnows(bucketId, bucket);
  context.made.push({ id: bucketId, type: "AWS::S3::Bucket" });
}

/** The resource that an event adds to: named by Ref, in the same template. */
function referenced(context: SamContext, value: Json | undefined, type: string): { readonly id: string; readonly resource: JsonObject } {
  const { Ref: id } = mapOf(value);
  const resource = typeof id === "string" && Object.hasOwn(context.resources, id) ? context.resources[id] : undefined;
  if (typeof id !== "string" || !isJsonObject(resource) || resource.Type !== type)
    fail(words("the event must reference an {{type}} in the same template, by Ref.", { type }), "sam.event");
  return { id, resource };
}

/** What AWS's transform knows of the resources that it adds events to: it refuses other properties, and drops other attributes. */
const knownProperties: Readonly<Record<string, string>> = {
  "AWS::S3::Bucket":
    "AccelerateConfiguration AccessControl AnalyticsConfigurations BucketEncryption BucketName " +
    "CorsConfiguration IntelligentTieringConfigurations InventoryConfigurations LifecycleConfiguration " +
    "LoggingConfiguration MetricsConfigurations NotificationConfiguration ObjectLockConfiguration " +
    "ObjectLockEnabled OwnershipControls PublicAccessBlockConfiguration ReplicationConfiguration Tags " +
    "VersioningConfiguration WebsiteConfiguration",
  "AWS::Cognito::UserPool":
    "AccountRecoverySetting AdminCreateUserConfig AliasAttributes AutoVerifiedAttributes DeletionProtection " +
    "DeviceConfiguration EmailAuthenticationMessage EmailAuthenticationSubject EmailConfiguration " +
    "EmailVerificationMessage EmailVerificationSubject EnabledMfas LambdaConfig MfaConfiguration Policies " +
    "Schema SmsAuthenticationMessage SmsConfiguration SmsVerificationMessage UserAttributeUpdateSettings " +
    "UserPoolAddOns UserPoolName UserPoolTags UserPoolTier UsernameAttributes UsernameConfiguration " +
    "VerificationMessageTemplate WebAuthnRelyingPartyID WebAuthnUserVerification",
};
const knownAttributes = [
  "Type",
  "Properties",
  "DependsOn",
  "Condition",
  "DeletionPolicy",
  "UpdateReplacePolicy",
  "UpdatePolicy",
  "Metadata",
];

function asAwsKnows(id: string, resource: JsonObject): void {
  const known = knownProperties[String(resource.Type)]?.split(" ") ?? [];
  const unknown = Object.keys(mapOf(resource.Properties)).find((name) => !known.includes(name));
  if (unknown !== undefined)
    fail(words("property {{unknown}} of {{id}} is not one that AWS's transform takes beside events.", { unknown, id }), "sam.event");
  for (const name of Object.keys(resource)) if (!knownAttributes.includes(name)) delete resource[name];
}

function emitLogSubscription(context: SamContext, target: EventTarget, id: string, given: JsonObject): void {
  const arn = sub(`arn:${context.partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:\${__LogGroupName__}:*`, {
    __LogGroupName__: given.LogGroupName ?? null,
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
        ...(isSet(given.AwsIotSqlVersion) ? { AwsIotSqlVersion: given.AwsIotSqlVersion } : {}),
      },
    },
    target.resource.passedOn,
  );
}

function emitUserPoolTrigger(context: SamContext, target: EventTarget, _id: string, given: JsonObject): void {
  const { id: poolId, resource: pool } = referenced(context, given.UserPool, "AWS::Cognito::UserPool");
  const properties = mapOf(pool.Properties);
  const config = properties.LambdaConfig ?? {};
  if (!isJsonObject(config))
    fail(words("{{property}} of {{owner}} should be a map.", { property: "LambdaConfig", owner: poolId }), "sam.event");
  emitPermission(context, target, {
    prefix: `${target.logicalId}Cognito`,
    principal: "cognito-idp.amazonaws.com",
    properties: { SourceArn: getAtt(poolId, "Arn") },
  });
  pool.Properties = properties;
  properties.LambdaConfig = config;
  for (const trigger of listOf(given.Trigger)) {
    if (typeof trigger !== "string") continue;
    if (Object.hasOwn(config, trigger)) fail(words("the Cognito trigger {{trigger}} is defined several times.", { trigger }), "sam.event");
    config[trigger] = target.arn;
  }
  asAwsKnows(poolId, pool);
}
