import type { PropertyDefinition } from "../../../model/service.ts";

// The inspector's forms for buses, rules, archives, API destinations and their connections.

const bus = "AWS::Events::EventBus";

const tags: PropertyDefinition = {
  path: "Tags",
  title: "Tags",
  section: "Tags",
  help: "Up to 50 keys with values, for cost and search.",
  control: { type: "tags" },
};

function description(help: string): PropertyDefinition {
  return { path: "Description", title: "Description", help: `${help}: up to 512 characters.`, control: { type: "text" } };
}

export const busProperties: readonly PropertyDefinition[] = [
  {
    path: "Name",
    title: "Name",
    help: "Up to 256 letters, digits, ., - and _. AWS makes none itself.",
    control: { type: "text", pattern: "^[A-Za-z0-9._\\-]{1,256}$" },
    required: true,
  },
  description("What its events are about"),
  {
    path: "DeadLetterConfig.Arn",
    title: "Dead-letter queue",
    section: "Delivery",
    help: "For events that AWS cannot decrypt with the bus's own key.",
    control: { type: "resource", types: ["AWS::SQS::Queue"], attribute: "Arn" },
  },
  {
    path: "KmsKeyIdentifier",
    title: "KMS key",
    section: "Encryption",
    help: "Id, ARN or alias of a KMS key; without it AWS encrypts with a key that it owns.",
    control: { type: "text" },
  },
  {
    path: "Policy",
    title: "Policy",
    section: "Permissions",
    help: "Who else may put events on it, as an IAM policy. It is kept, not enforced, here.",
    control: { type: "json" },
  },
  tags,
];

export const ruleProperties: readonly PropertyDefinition[] = [
  {
    path: "Name",
    title: "Name",
    help: "Up to 64 letters, digits, ., - and _. Left empty, CloudFormation makes one.",
    control: { type: "text", pattern: "^[A-Za-z0-9._\\-]{1,64}$", placeholder: "Generated" },
  },
  description("What the rule is for"),
  {
    path: "EventBusName",
    title: "Event bus",
    section: "Events",
    help: "The bus whose events it looks at; the account's default bus where empty.",
    control: { type: "resource", types: [bus] },
  },
  {
    path: "EventPattern",
    title: "Pattern",
    section: "Events",
    help: 'Which events it lets through: fields with lists of values or conditions, such as {"source": ["orders"], "detail": {"total": [{"numeric": [">", 100]}]}}.',
    control: { type: "json" },
  },
  {
    path: "ScheduleExpression",
    title: "Schedule",
    section: "Events",
    help: "When it fires by itself, in UTC: rate(5 minutes) or cron(0 12 * * ? *). On the default bus only.",
    control: { type: "schedule", of: "rule" },
  },
  {
    path: "State",
    title: "State",
    section: "Events",
    help: "A disabled rule lets nothing through.",
    control: { type: "choice", options: ["ENABLED", "DISABLED"] },
    defaultValue: "ENABLED",
  },
  {
    path: "Targets",
    title: "Targets",
    section: "Targets",
    help: "Up to five, each with Id and Arn; Input, InputPath or InputTransformer say what it gets, RetryPolicy and DeadLetterConfig what becomes of events that it does not take.",
    control: { type: "json" },
  },
  tags,
];

export const destinationProperties: readonly PropertyDefinition[] = [
  {
    path: "ConnectionArn",
    title: "Connection",
    help: "The connection that authorizes its calls.",
    control: { type: "resource", types: ["AWS::Events::Connection"], attribute: "Arn" },
    required: true,
  },
  {
    path: "HttpMethod",
    title: "Method",
    help: "The method of its calls.",
    control: { type: "choice", options: ["POST", "GET", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"] },
    required: true,
  },
  {
    path: "InvocationEndpoint",
    title: "Endpoint",
    help: "Its URL; each * in it is filled by a target's PathParameterValues. Here also http://localhost….",
    control: { type: "text", placeholder: "https://example.com/orders/*" },
    required: true,
  },
  {
    path: "InvocationRateLimitPerSecond",
    title: "Calls per second",
    help: "At most so many calls begin in a second; the others wait their turn.",
    control: { type: "number", min: 1 },
    defaultValue: 300,
  },
  description("What it is for"),
];

export const connectionProperties: readonly PropertyDefinition[] = [
  {
    path: "AuthorizationType",
    title: "Authorization",
    help: "User and password, a key in a header, or client credentials that are changed for a token.",
    control: { type: "choice", options: ["BASIC", "API_KEY", "OAUTH_CLIENT_CREDENTIALS"] },
  },
  {
    path: "AuthParameters",
    title: "Parameters",
    help: "BasicAuthParameters, ApiKeyAuthParameters or OAuthParameters; InvocationHttpParameters are sent with each call.",
    control: { type: "json" },
  },
  description("What it is for"),
];

export const archiveProperties: readonly PropertyDefinition[] = [
  {
    path: "SourceArn",
    title: "Event bus",
    help: "The bus whose events it keeps.",
    control: { type: "resource", types: [bus], attribute: "Arn" },
    required: true,
  },
  { path: "EventPattern", title: "Pattern", help: "Which events it keeps; all of them where it is empty.", control: { type: "json" } },
  {
    path: "RetentionDays",
    title: "Retention",
    help: "Days for which events are kept; 0 keeps them for ever.",
    control: { type: "number", min: 0, unit: "days" },
    defaultValue: 0,
  },
  description("What it is for"),
];
