// Which properties SAM's resources and events take, and of what type: anything else makes AWS refuse the template.
// https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-resources-and-properties.html
import type { Json, JsonObject } from "../../json.ts";
import { isJsonObject } from "../../json.ts";
import { entryOf } from "./json.ts";
import { words, type Words, type WordsValue } from "../../words.ts";

type Check = (value: Json) => boolean;

const isText: Check = (value) => typeof value === "string";
const isMap: Check = (value) => isJsonObject(value);
const isList: Check = (value) => Array.isArray(value);
const isBoolean: Check = (value) => typeof value === "boolean";
const isInteger: Check = (value) => Number.isInteger(value) || isBoolean(value);
const isTextOrMap: Check = (value) => isText(value) || isMap(value);

function listOfAll(check: Check): Check {
  return (value) => Array.isArray(value) && value.every(check);
}

function mapOfAll(check: Check): Check {
  return (value) => isJsonObject(value) && Object.values(value).every(check);
}

/** What a value must be, in words that end "… should be ", and how that is seen. */
const types: Readonly<Record<string, readonly [what: Words, check: Check]>> = {
  any: [words("anything"), () => true],
  text: [words("a string"), isText],
  map: [words("a map"), isMap],
  list: [words("a list"), isList],
  boolean: [words("true or false"), isBoolean],
  integer: [words("an integer"), isInteger],
  "text/map": [words("a string or a map"), isTextOrMap],
  "boolean/map": [words("true, false or a map"), (value) => isBoolean(value) || isMap(value)],
  "list/map": [words("a list or a map"), (value) => isList(value) || isMap(value)],
  "text/texts": [words("a string or a list of strings"), (value) => isText(value) || listOfAll(isText)(value)],
  "text/map/list": [words("a string, a map, or a list of these"), (value) => isTextOrMap(value) || listOfAll(isTextOrMap)(value)],
  "list of text/map": [words("a list of strings and maps"), listOfAll(isTextOrMap)],
  "list of text": [words("a list of strings"), listOfAll(isText)],
  "map of text": [words("a map of strings"), mapOfAll(isText)],
  "map of map": [words("a map of maps"), mapOfAll(isMap)],
  "map of integer/map": [words("a map of integers"), mapOfAll((value) => isInteger(value) || isMap(value))],
  "map/maps": [words("a map or a list of maps"), (value) => isMap(value) || listOfAll(isMap)(value)],
  retention: [words("Delete or Retain"), (value) => value === "Delete" || value === "Retain"],
};

interface PropertyType {
  readonly type: string;
  readonly isRequired: boolean;
  /** Whether a function may stand in its place. */
  readonly takesFunctions: boolean;
}

/** One line a type: `name! name#`. `!` says required, `#` that no function may stand there. */
type Lines = Readonly<Record<string, string>>;

function table(...parts: readonly Lines[]): ReadonlyMap<string, PropertyType> {
  const properties = new Map<string, PropertyType>();
  for (const [type, names] of parts.flatMap((part) => Object.entries(part))) {
    for (const mark of names.split(" ")) {
      const name = mark.replace(/[!#]+$/, "");
      properties.set(name, { type, isRequired: mark.includes("!"), takesFunctions: !mark.includes("#") && type !== "any" });
    }
  }
  return properties;
}

const resourceProperties: Readonly<Record<string, ReadonlyMap<string, PropertyType>>> = {
  "AWS::Serverless::Function": table({
    any:
      "Handler Runtime CodeUri ImageUri PackageType InlineCode Description MemorySize Timeout VpcConfig RolePath KmsKeyArn " +
      "ReservedConcurrentExecutions EphemeralStorage VersionDescription ProvisionedConcurrencyConfig FileSystemConfigs ImageConfig " +
      "CodeSigningConfigArn Architectures RuntimeManagementConfig LoggingConfig RecursiveLoop SourceKMSKeyArn PublishToLatestPublished TenancyConfig",
    "text/map": "FunctionName Tracing",
    map:
      "DeadLetterQueue AssumeRolePolicyDocument Tags DeploymentPreference EventInvokeConfig SnapStart FunctionUrlConfig " +
      "CapacityProviderConfig FunctionScalingConfig DurableConfig",
    text: "Role PermissionsBoundary AutoPublishAlias AutoPublishCodeSha256",
    "text/map/list": "Policies",
    "map of map": "Environment Events",
    "list of text/map": "Layers",
    boolean: "PropagateTags AutoPublishAliasAllProperties#",
    retention: "VersionDeletionPolicy",
  }),
  "AWS::Serverless::Api": table({
    "text/map": "Name StageName! DefinitionUri EndpointConfiguration Cors Policy",
    map: "Tags DefinitionBody Variables Auth GatewayResponses AccessLogSetting CanarySetting Models Domain",
    text: "CacheClusterSize OpenApiVersion Description Mode ApiKeySourceType SecurityPolicy EndpointAccessMode",
    list: "MethodSettings BinaryMediaTypes",
    integer: "MinimumCompressionSize",
    boolean: "PropagateTags MergeDefinitions# CacheClusterEnabled TracingEnabled FailOnWarnings DisableExecuteApiEndpoint AlwaysDeploy#",
  }),
  "AWS::Serverless::HttpApi": table({
    any: "Name",
    "text/map": "StageName DefinitionUri",
    map: "Tags DefinitionBody StageVariables AccessLogSettings DefaultRouteSettings Auth RouteSettings Domain",
    "boolean/map": "CorsConfiguration",
    boolean: "PropagateTags FailOnWarnings DisableExecuteApiEndpoint",
    text: "Description",
  }),
  "AWS::Serverless::WebSocketApi": table({
    "text/map": "StageName",
    map: "AccessLogSettings Auth DefaultRouteSettings Domain Routes! RouteSettings StageVariables Tags",
    text: "ApiKeySelectionExpression Description IpAddressType Name RouteSelectionExpression!",
    boolean: "DisableExecuteApiEndpoint DisableSchemaValidation FailOnWarnings PropagateTags",
  }),
  "AWS::Serverless::SimpleTable": table({
    any: "PointInTimeRecoverySpecification",
    "map of text": "PrimaryKey",
    "map of integer/map": "ProvisionedThroughput",
    "text/map": "TableName",
    map: "Tags SSESpecification",
  }),
  "AWS::Serverless::Application": table({
    "text/map": "Location!",
    any: "TemplateUrl",
    map: "Parameters Tags",
    "list of text/map": "NotificationARNs",
    integer: "TimeoutInMinutes",
  }),
  "AWS::Serverless::LayerVersion": table({
    "text/map": "LayerName ContentUri!",
    text: "Description LicenseInfo RetentionPolicy",
    boolean: "PublishLambdaVersion",
    "list of text/map": "CompatibleArchitectures CompatibleRuntimes",
  }),
  "AWS::Serverless::StateMachine": table({
    any: "RolePath AutoPublishAlias DeploymentPreference",
    map: "Definition Logging DefinitionSubstitutions Tags Tracing",
    "text/map": "DefinitionUri",
    text: "Role Name Type PermissionsBoundary",
    "map of map": "Events",
    boolean: "PropagateTags UseAliasAsEventTarget#",
    "text/map/list": "Policies",
  }),
  "AWS::Serverless::CapacityProvider": table({
    "text/map": "CapacityProviderName# OperatorRole# KmsKeyArn#",
    map: "VpcConfig!# Tags# InstanceRequirements# ScalingConfig#",
    boolean: "PropagateTags#",
  }),
  "AWS::Serverless::Connector": table({
    map: "Source!",
    "map/maps": "Destination!",
    "list of text": "Permissions!",
  }),
};

const polled: Lines = {
  any: "StartingPosition StartingPositionTimestamp KmsKeyArn",
  integer:
    "BatchSize MaximumBatchingWindowInSeconds MaximumRetryAttempts MaximumRecordAgeInSeconds ParallelizationFactor TumblingWindowInSeconds",
  boolean: "Enabled BisectBatchOnFunctionError",
  map: "DestinationConfig FilterCriteria ScalingConfig ProvisionedPollerConfig SchemaRegistryConfig MetricsConfig LoggingConfig",
  list: "Topics Queues SourceAccessConfigurations FunctionResponseTypes KafkaBootstrapServers",
  text: "SecretsManagerKmsKeyId ConsumerGroupId",
};

const scheduleV2 = table({
  text: "PermissionsBoundary ScheduleExpression! Name State Description StartDate EndDate ScheduleExpressionTimezone GroupName KmsKeyArn Input RoleArn",
  map: "FlexibleTimeWindow DeadLetterConfig RetryPolicy",
  boolean: "OmitName#",
});

const rule = table({
  text: "EventBusName RuleName Input InputPath State",
  map: "Pattern DeadLetterConfig RetryPolicy Target InputTransformer",
  boolean: "Enabled",
});

const startRule = table({
  text: "EventBusName RuleName Input InputPath State",
  map: "Pattern DeadLetterConfig RetryPolicy Target# InputTransformer",
});

const functionEvents: Readonly<Record<string, ReadonlyMap<string, PropertyType>>> = {
  SQS: table(polled, { any: "Queue!" }),
  Kinesis: table(polled, { any: "Stream! StartingPosition!" }),
  DynamoDB: table(polled, { any: "Stream! StartingPosition!" }),
  MSK: table(polled, { any: "Stream! StartingPosition!" }),
  MQ: table(polled, { any: "Broker!", boolean: "DynamicPolicyName#" }),
  SelfManagedKafka: table(polled),
  DocumentDB: table(polled, { any: "Cluster! DatabaseName! CollectionName FullDocument" }),
  Schedule: table({ text: "Schedule! RuleName Input State Name Description", boolean: "Enabled", map: "DeadLetterConfig RetryPolicy" }),
  CloudWatchEvent: rule,
  EventBridgeRule: rule,
  ScheduleV2: scheduleV2,
  S3: table({ text: "Bucket!", "text/texts": "Events!#", "map of text": "Filter" }),
  SNS: table({ text: "Topic! Region", any: "FilterPolicy FilterPolicyScope", "boolean/map": "SqsSubscription", map: "RedrivePolicy" }),
  Api: table({
    text: "Path! Method! RestApiId! Stage ResponseTransferMode",
    map: "Auth RequestModel",
    list: "RequestParameters",
    integer: "TimeoutInMillis",
  }),
  HttpApi: table({ text: "Path Method ApiId Stage PayloadFormatVersion", map: "Auth RouteSettings", integer: "TimeoutInMillis" }),
  AlexaSkill: table({ text: "SkillId" }),
  IoTRule: table({ text: "Sql! AwsIotSqlVersion" }),
  Cognito: table({ text: "UserPool!", "text/texts": "Trigger!#" }),
  CloudWatchLogs: table({ text: "LogGroupName! FilterPattern!" }),
};

const stateMachineEvents: Readonly<Record<string, ReadonlyMap<string, PropertyType>>> = {
  Schedule: table({
    text: "Schedule! Input State Name Description RoleArn#",
    boolean: "Enabled",
    map: "DeadLetterConfig RetryPolicy Target#",
  }),
  CloudWatchEvent: startRule,
  EventBridgeRule: startRule,
  ScheduleV2: scheduleV2,
  Api: table({ text: "Path! Method! RestApiId! Stage", map: "Auth", boolean: "UnescapeMappingTemplate#" }),
};

export interface WrongProperty {
  readonly property: string;
  readonly words: Words;
  /** Nothing can be made of the resource; an unknown property is only left out. */
  readonly isFatal: boolean;
}

export function wrongResourceProperties(type: string, given: JsonObject): readonly WrongProperty[] {
  return wrongProperties(entryOf(resourceProperties, type), type, given);
}

export function wrongEventProperties(owner: "function" | "stateMachine", type: string, given: JsonObject): readonly WrongProperty[] {
  return wrongProperties(
    entryOf(owner === "function" ? functionEvents : stateMachineEvents, type),
    words("{{type}} events", { type }),
    given,
  );
}

function wrongProperties(
  known: ReadonlyMap<string, PropertyType> | undefined,
  owner: WordsValue,
  given: JsonObject,
): readonly WrongProperty[] {
  if (known === undefined) return [];
  const wrong: WrongProperty[] = [];
  for (const [property, value] of Object.entries(given)) {
    const expected = known.get(property);
    if (expected === undefined) {
      wrong.push({ property, words: words("{{owner}} has no property {{property}}.", { owner, property }), isFatal: false });
      continue;
    }
    if (value === null || (expected.takesFunctions && isJsonObject(value) && Object.keys(value).length === 1)) continue;
    const [what, check] = entryOf(types, expected.type) ?? [words("anything"), () => true];
    if (!check(value))
      wrong.push({ property, words: words("property {{property}} should be {{what}}.", { property, what }), isFatal: true });
  }
  for (const [property, { isRequired }] of known) {
    if (isRequired && (given[property] === undefined || given[property] === null))
      wrong.push({ property, words: words("property {{property}} is missing.", { property }), isFatal: true });
  }
  return wrong;
}
