import { patternLabel } from "../../../model/design/eventBridge.ts";
import { readRuleSchedule } from "../../../model/eventBridge/schedule.ts";
import type { JsonObject } from "../../../model/json.ts";
import type { ServiceDefinition } from "../../../model/service.ts";
import { type Words, inRow, words } from "../../../model/words.ts";
import { busConnections, ruleConnections } from "./drawnConnections.ts";
import { archiveProperties, busProperties, connectionProperties, destinationProperties, ruleProperties } from "./properties.ts";

const bus = "AWS::Events::EventBus";
const rule = "AWS::Events::Rule";

const authorizations: Readonly<Record<string, string>> = { BASIC: "basic", API_KEY: "API key", OAUTH_CLIENT_CREDENTIALS: "OAuth" };

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
