// CloudFormation's properties of a bucket in the words of the API, for the operations that keep them.
import type { Json, JsonObject } from "../../../model/json.ts";
import { isJsonObject } from "../../../model/json.ts";

/** Operation that puts it, its input's member, and the value made of the property; undefined: CloudFormation leaves the bucket's own. */
export interface PropertySetting {
  readonly property: string;
  readonly put: string;
  readonly member: string;
  /** What takes it away again; absent: it is put as it was in the beginning. */
  readonly remove: string | Json;
  value(property: Json): Json;
}

export const propertySettings: readonly PropertySetting[] = [
  {
    property: "VersioningConfiguration",
    put: "PutBucketVersioning",
    member: "VersioningConfiguration",
    remove: { Status: "Suspended" },
    value: (given) => given,
  },
  {
    property: "PublicAccessBlockConfiguration",
    put: "PutPublicAccessBlock",
    member: "PublicAccessBlockConfiguration",
    remove: "DeletePublicAccessBlock",
    value: (given) => (isJsonObject(given) ? Object.fromEntries(Object.entries(given).map(([key, each]) => [key, isTrue(each)])) : {}),
  },
  {
    property: "OwnershipControls",
    put: "PutBucketOwnershipControls",
    member: "OwnershipControls",
    remove: "DeleteBucketOwnershipControls",
    value: (given) => given,
  },
  {
    property: "BucketEncryption",
    put: "PutBucketEncryption",
    member: "ServerSideEncryptionConfiguration",
    remove: "DeleteBucketEncryption",
    value: (given) => ({
      Rules: listAt(given, "ServerSideEncryptionConfiguration").map((rule) =>
        renamed(rule, { ServerSideEncryptionByDefault: "ApplyServerSideEncryptionByDefault" }),
      ),
    }),
  },
  {
    property: "CorsConfiguration",
    put: "PutBucketCors",
    member: "CORSConfiguration",
    remove: "DeleteBucketCors",
    value: (given) => ({
      CORSRules: listAt(given, "CorsRules").map((rule) =>
        numbers(renamed(rule, { ExposedHeaders: "ExposeHeaders", Id: "ID", MaxAge: "MaxAgeSeconds" }), ["MaxAgeSeconds"]),
      ),
    }),
  },
  {
    property: "LifecycleConfiguration",
    put: "PutBucketLifecycleConfiguration",
    member: "LifecycleConfiguration",
    remove: "DeleteBucketLifecycle",
    value: (given) => ({ Rules: listAt(given, "Rules").map(lifecycleRule) }),
  },
  {
    property: "WebsiteConfiguration",
    put: "PutBucketWebsite",
    member: "WebsiteConfiguration",
    remove: "DeleteBucketWebsite",
    value: websiteOf,
  },
  {
    property: "LoggingConfiguration",
    put: "PutBucketLogging",
    member: "BucketLoggingStatus",
    remove: {},
    value: (given) => ({ LoggingEnabled: renamed(given, { DestinationBucketName: "TargetBucket", LogFilePrefix: "TargetPrefix" }) }),
  },
  {
    property: "AccelerateConfiguration",
    put: "PutBucketAccelerateConfiguration",
    member: "AccelerateConfiguration",
    remove: { Status: "Suspended" },
    value: (given) => renamed(given, { AccelerationStatus: "Status" }),
  },
  {
    property: "Tags",
    put: "PutBucketTagging",
    member: "Tagging",
    remove: "DeleteBucketTagging",
    value: (given) => ({ TagSet: Array.isArray(given) ? given : [] }),
  },
  {
    property: "NotificationConfiguration",
    put: "PutBucketNotificationConfiguration",
    member: "NotificationConfiguration",
    remove: {},
    value: notificationOf,
  },
];

function notificationOf(given: Json): Json {
  const configurations = (list: string, target: string, arn: string): JsonObject[] =>
    listAt(given, list).map((each) => {
      const { Event: event, Filter: filter, [target]: targetArn } = isJsonObject(each) ? each : {};
      const rules = listAt(isJsonObject(filter) ? filter["S3Key"] : undefined, "Rules");
      return {
        [arn]: targetArn ?? "",
        Events: Array.isArray(event) ? event : [event ?? ""],
        ...(rules.length > 0 && { Filter: { Key: { FilterRules: [...rules] } } }),
      };
    });
  const bridge = isJsonObject(given) ? given["EventBridgeConfiguration"] : undefined;
  // It is on unless it says that it is off.
  const isBridged = isJsonObject(bridge) && (bridge["EventBridgeEnabled"] === undefined || isTrue(bridge["EventBridgeEnabled"]));
  return {
    LambdaFunctionConfigurations: merged(configurations("LambdaConfigurations", "Function", "LambdaFunctionArn")),
    QueueConfigurations: merged(configurations("QueueConfigurations", "Queue", "QueueArn")),
    TopicConfigurations: merged(configurations("TopicConfigurations", "Topic", "TopicArn")),
    ...(isBridged && { EventBridgeConfiguration: {} }),
  };
}

/** CloudFormation writes one event each; the API takes those of one target and filter together. */
function merged(configurations: readonly JsonObject[]): JsonObject[] {
  const found = new Map<string, JsonObject>();
  for (const { Events: events, ...rest } of configurations) {
    const key = JSON.stringify(rest);
    const before = found.get(key)?.["Events"];
    found.set(key, { ...rest, Events: [...(Array.isArray(before) ? before : []), ...(Array.isArray(events) ? events : [])] });
  }
  return [...found.values()];
}

function lifecycleRule(given: Json): Json {
  if (!isJsonObject(given)) return {};
  const {
    Id: id,
    Status: status,
    Prefix: prefix,
    TagFilters: tags,
    ExpirationInDays: days,
    ExpirationDate: date,
    ExpiredObjectDeleteMarker: marker,
    Transition: transition,
    Transitions: transitions,
    NoncurrentVersionExpirationInDays: noncurrentDays,
    NoncurrentVersionExpiration: noncurrent,
    AbortIncompleteMultipartUpload: abort,
  } = given;
  const tagList = Array.isArray(tags) ? tags : [];
  const filter: JsonObject =
    tagList.length === 0 ? { Prefix: prefix ?? "" } : { And: { ...(prefix !== undefined && { Prefix: prefix }), Tags: tagList } };
  const hasExpiration = days !== undefined || date !== undefined || marker !== undefined;
  const moves = [...(transition === undefined ? [] : [transition]), ...(Array.isArray(transitions) ? transitions : [])];
  return {
    ...(id !== undefined && { ID: id }),
    Status: status ?? "Enabled",
    Filter: filter,
    ...(hasExpiration && {
      Expiration: {
        ...(days !== undefined && { Days: Number(days) }),
        ...(date !== undefined && { Date: date }),
        ...(marker !== undefined && { ExpiredObjectDeleteMarker: isTrue(marker) }),
      },
    }),
    ...(moves.length > 0 && {
      Transitions: moves.map((move) => numbers(renamed(move, { TransitionInDays: "Days", TransitionDate: "Date" }), ["Days"])),
    }),
    ...((noncurrent !== undefined || noncurrentDays !== undefined) && {
      NoncurrentVersionExpiration: numbers(isJsonObject(noncurrent) ? noncurrent : { NoncurrentDays: noncurrentDays ?? 1 }, [
        "NoncurrentDays",
        "NewerNoncurrentVersions",
      ]),
    }),
    ...(abort !== undefined && { AbortIncompleteMultipartUpload: numbers(abort, ["DaysAfterInitiation"]) }),
  };
}

function websiteOf(given: Json): Json {
  if (!isJsonObject(given)) return {};
  const { IndexDocument: index, ErrorDocument: error, RedirectAllRequestsTo: redirect, RoutingRules: rules } = given;
  return {
    ...(index !== undefined && { IndexDocument: { Suffix: index } }),
    ...(error !== undefined && { ErrorDocument: { Key: error } }),
    ...(redirect !== undefined && { RedirectAllRequestsTo: redirect }),
    ...(Array.isArray(rules) && {
      RoutingRules: rules.map((rule) => renamed(rule, { RedirectRule: "Redirect", RoutingRuleCondition: "Condition" })),
    }),
  };
}

function renamed(given: Json | undefined, names: Readonly<Record<string, string>>): JsonObject {
  if (!isJsonObject(given)) return {};
  return Object.fromEntries(Object.entries(given).map(([key, each]) => [names[key] ?? key, each]));
}

/** Templates may write numbers as texts. */
function numbers(given: Json, members: readonly string[]): JsonObject {
  if (!isJsonObject(given)) return {};
  return Object.fromEntries(Object.entries(given).map(([key, each]) => [key, members.includes(key) ? Number(each) : each]));
}

function listAt(given: Json | undefined, name: string): readonly Json[] {
  const list = isJsonObject(given) ? given[name] : undefined;
  return Array.isArray(list) ? list : [];
}

function isTrue(given: Json | undefined): boolean {
  return given === true || given === "true";
}
