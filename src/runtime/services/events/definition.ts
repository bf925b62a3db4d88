import { calledByRole } from "../../../model/design/drawnRoles.ts";
import { patternLabel } from "../../../model/design/eventBridge.ts";
import { mentionedIds } from "../../../model/design/references.ts";
import type { Json, JsonObject } from "../../../model/json.ts";
import type { ConnectionRule, ConnectionWrite, PropertyDefinition, ServiceDefinition } from "../../../model/service.ts";
import { readRuleSchedule } from "../../../model/eventBridge/schedule.ts";
import { type Words, inRow, words } from "../../../model/words.ts";

const samFunction = "AWS::Serverless::Function";
const samMachine = "AWS::Serverless::StateMachine";
const bus = "AWS::Events::EventBus";
const rule = "AWS::Events::Rule";
const arnOf = (id: string): JsonObject => ({ "Fn::GetAtt": [id, "Arn"] });

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

const busProperties: readonly PropertyDefinition[] = [
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

const ruleProperties: readonly PropertyDefinition[] = [
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
    control: { type: "text", placeholder: "rate(5 minutes)" },
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

const destinationProperties: readonly PropertyDefinition[] = [
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

const authorizations: Readonly<Record<string, string>> = { BASIC: "basic", API_KEY: "API key", OAUTH_CLIENT_CREDENTIALS: "OAuth" };

const connectionProperties: readonly PropertyDefinition[] = [
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

const archiveProperties: readonly PropertyDefinition[] = [
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

const target: ConnectionWrite = { on: "from", path: "Properties.Targets.-", value: { Id: "{to}", Arn: arnOf("{to}") }, mode: "set" };

const everyEvent: Json = { source: [{ prefix: "" }] };

const busConnections: readonly ConnectionRule[] = [
  {
    id: "bus-event",
    kind: "trigger",
    to: [samFunction, samMachine],
    meaning: "Every event on this bus starts it: narrow the pattern to those it is for",
    writes: [
      {
        on: "to",
        path: "Properties.Events.{name}",
        value: { Type: "EventBridgeRule", Properties: { EventBusName: { Ref: "{from}" }, Pattern: everyEvent } },
        mode: "set",
      },
    ],
  },
  {
    id: "bus-rule",
    kind: "target",
    to: [rule],
    meaning: "The rule looks at the events of this bus",
    refuses: (_from, to) =>
      to.properties["EventBusName"] === undefined
        ? undefined
        : words("{{to}} looks at a bus already: disconnect that first.", { to: to.id }),
    writes: [{ on: "to", path: "Properties.EventBusName", value: { Ref: "{from}" }, mode: "set" }],
  },
];

const ruleConnections: readonly ConnectionRule[] = [
  {
    id: "rule-function",
    kind: "trigger",
    to: [samFunction, "AWS::Lambda::Function"],
    meaning: "What this rule lets through invokes the function",
    refuses: full,
    writes: [
      target,
      {
        on: "template",
        path: "Resources.{from}{to}Permission",
        value: {
          Type: "AWS::Lambda::Permission",
          Properties: {
            Action: "lambda:InvokeFunction",
            FunctionName: { Ref: "{to}" },
            Principal: "events.amazonaws.com",
            SourceArn: arnOf("{from}"),
          },
        },
        mode: "ifAbsent",
      },
    ],
  },
  {
    id: "rule-queue",
    kind: "target",
    to: ["AWS::SQS::Queue"],
    meaning: "What this rule lets through is put into the queue",
    refuses: full,
    writes: [target, leave("AWS::SQS::QueuePolicy", "Queues", "sqs:SendMessage", arnOf("{to}"))],
  },
  {
    id: "rule-topic",
    kind: "target",
    to: ["AWS::SNS::Topic"],
    meaning: "What this rule lets through is published to the topic",
    refuses: full,
    writes: [
      { on: "from", path: "Properties.Targets.-", value: { Id: "{to}", Arn: { Ref: "{to}" } }, mode: "set" },
      leave("AWS::SNS::TopicPolicy", "Topics", "sns:Publish", { Ref: "{to}" }),
    ],
  },
  {
    id: "rule-machine",
    kind: "trigger",
    to: [samMachine, "AWS::StepFunctions::StateMachine"],
    meaning: "What this rule lets through starts an execution",
    refuses: full,
    writes: byRole("states:StartExecution", { Ref: "{to}" }),
  },
  {
    id: "rule-bus",
    kind: "target",
    to: [bus],
    meaning: "What this rule lets through is put on the other bus",
    refuses: (from, to) =>
      mentionedIds(from.properties["EventBusName"]).includes(to.id)
        ? words("{{from}} looks at the events of {{to}}: what it puts there would come to it again.", { from: from.id, to: to.id })
        : full(from),
    writes: byRole("events:PutEvents", arnOf("{to}")),
  },
];

function full(from: { readonly id: string; readonly properties: JsonObject }): Words | undefined {
  const { Targets: targets } = from.properties;
  return Array.isArray(targets) && targets.length >= 5
    ? words("{{from}} has five targets, which is all that AWS allows: add a second rule with the same pattern.", { from: from.id })
    : undefined;
}

function byRole(action: string, arn: JsonObject): ConnectionWrite[] {
  return calledByRole("events.amazonaws.com", "Properties.Targets.-", { Id: "{to}", Arn: arn }, action);
}

/** Leave for EventBridge to send, for as long as the connection is there. */
function leave(type: string, member: string, action: string, resource: JsonObject): ConnectionWrite {
  return {
    on: "template",
    path: "Resources.{from}{to}Policy",
    value: {
      Type: type,
      Properties: {
        [member]: [{ Ref: "{to}" }],
        PolicyDocument: {
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Principal: { Service: "events.amazonaws.com" },
              Action: action,
              Resource: resource,
              Condition: { ArnEquals: { "aws:SourceArn": arnOf("{from}") } },
            },
          ],
        },
      },
    },
    mode: "ifAbsent",
  };
}

function ruleSubtitle(properties: JsonObject): Words {
  const schedule = properties["ScheduleExpression"] ?? properties["Schedule"];
  if (typeof schedule === "string")
    return readRuleSchedule(schedule) === undefined
      ? inRow([words("Rule"), `${schedule}?`], " · ")
      : inRow([words("Rule"), schedule], " · ");
  const label = patternLabel(properties["EventPattern"] ?? properties["Pattern"]);
  return label === "" ? words("Rule") : inRow([words("Rule"), label], " · ");
}

export const events = {
  id: "events",
  title: "Amazon EventBridge",
  resourceTypes: [
    {
      type: bus,
      title: "Event bus",
      category: "messaging",
      icon: "event-bus",
      attributes: ["Arn", "Name"],
      refGives: "name",
      properties: busProperties,
      palette: [
        {
          title: "Event bus",
          idPrefix: "Bus",
          keywords: ["eventbridge", "events", "publish", "subscribe"],
          properties: { Name: { "Fn::Sub": "${AWS::StackName}-{id}" } },
        },
      ],
      subtitle: () => words("Event bus"),
      connections: busConnections,
      runs: true,
    },
    {
      type: rule,
      title: "Rule",
      category: "messaging",
      icon: "rule",
      attributes: ["Arn"],
      refGives: "name",
      properties: ruleProperties,
      palette: [
        {
          title: "Event rule",
          idPrefix: "Rule",
          keywords: ["eventbridge", "pattern", "filter", "subscribe", "event"],
          properties: { EventPattern: { source: ["my.app"] } },
        },
        {
          title: "Scheduled rule",
          icon: "schedule",
          idPrefix: "Timer",
          keywords: ["eventbridge", "cron", "rate", "timer", "schedule"],
          properties: { ScheduleExpression: "rate(5 minutes)" },
        },
      ],
      subtitle: ruleSubtitle,
      connections: ruleConnections,
      runs: true,
    },
    {
      type: "AWS::Events::ApiDestination",
      title: "API destination",
      category: "messaging",
      icon: "domain",
      attributes: ["Arn", "ArnForPolicy"],
      refGives: "name",
      properties: destinationProperties,
      palette: [],
      subtitle: ({ HttpMethod: method, InvocationEndpoint: endpoint }) =>
        typeof method === "string" && typeof endpoint === "string"
          ? `${method} ${endpoint.replace(/^https?:\/\//, "")}`
          : words("API destination"),
      connections: [],
      runs: true,
    },
    {
      type: "AWS::Events::Connection",
      title: "Connection",
      category: "messaging",
      icon: "key",
      attributes: ["Arn", "ArnForPolicy", "SecretArn"],
      refGives: "name",
      properties: connectionProperties,
      palette: [],
      subtitle: ({ AuthorizationType: type }) =>
        typeof type === "string" ? inRow([words("Connection"), authorizations[type] ?? type], " · ") : words("Connection"),
      connections: [],
      runs: true,
      differences: ["Its credentials are kept with it, and not in Secrets Manager."],
    },
    {
      type: "AWS::Events::Archive",
      title: "Event archive",
      category: "messaging",
      icon: "archive",
      attributes: ["Arn"],
      refGives: "name",
      properties: archiveProperties,
      palette: [],
      subtitle: ({ RetentionDays: days }) =>
        typeof days === "number" && days > 0
          ? inRow([words("Event archive"), words("{{count}} days", { count: days })], " · ")
          : words("Event archive"),
      connections: [],
      runs: true,
    },
  ],
} as const satisfies ServiceDefinition;
