import { isJsonObject, type JsonObject } from "../json.ts";
import { keysLabel } from "./buckets.ts";
import { makeDeadLetterQueue, makeUnlessThere } from "./deadLetters.ts";
import { deliver, deliverFailures, labelOf, textList } from "./deliver.ts";
import type { Route, TemplatePath } from "./design.ts";
import type { DesignDraft } from "./draft.ts";
import { patternLabel } from "./eventBridge.ts";
import { streamOf } from "./lambdaWiring.ts";
import { drawnBehind, drawnNamed, drawnOwner } from "./owners.ts";
import { referredResource } from "./references.ts";
import { subscriptionLabel } from "./topics.ts";
import { at, implicitApis, isWritten, numberOf, textOf, type ResourceView, type TemplateView } from "./view.ts";
import { logSource } from "./watchers.ts";
import { words, type WordsValue } from "../words.ts";

// Event sources as SAM writes them: at the function or state machine that they start.

/** Property of an event that names what it comes from. APIs, which may be implicit, are treated apart. */
const sourceProperty: Readonly<Record<string, string>> = {
  SQS: "Queue",
  SNS: "Topic",
  S3: "Bucket",
  Kinesis: "Stream",
  DynamoDB: "Stream",
  Cognito: "UserPool",
  MSK: "Stream",
  MQ: "Broker",
  DocumentDB: "Cluster",
};

/** Events for which SAM makes a rule or schedule: drawn as such, because nothing else shows where they come from. */
const madeTypes: Readonly<Record<string, string>> = {
  Schedule: "AWS::Events::Rule",
  ScheduleV2: "AWS::Scheduler::Schedule",
  EventBridgeRule: "AWS::Events::Rule",
  CloudWatchEvent: "AWS::Events::Rule",
  IoTRule: "AWS::IoT::TopicRule",
};

export function deriveEvents(view: TemplateView, draft: DesignDraft): void {
  for (const resource of view.resources.values()) {
    const events = at(resource.written, "Properties", "Events");
    if (!isJsonObject(events)) continue;
    for (const name of Object.keys(events)) deriveEvent(view, draft, resource, name);
  }
}

function deriveEvent(view: TemplateView, draft: DesignDraft, resource: ResourceView, name: string): void {
  const event = at(resource.properties, "Events", name);
  if (!isJsonObject(event)) return;
  const properties = isJsonObject(event["Properties"]) ? event["Properties"] : {};
  const path = [...resource.path, "Properties", "Events", name];
  const type = textOf(event["Type"]) ?? "";
  if (type === "HttpApi" || type === "Api") {
    const api = apiOf(view, draft, type, properties);
    if (api === undefined) return;
    const route = eventRoute(type, properties);
    draft.connect({ kind: "trigger", from: api, to: resource.id, name: route.id, fromRoute: route, label: route.id, writtenAt: [path] });
    return;
  }
  const from = sourceOf(view, draft, resource, { name, type, properties, path });
  if (from !== undefined) {
    draft.connect({
      kind: "trigger",
      from,
      to: resource.id,
      name,
      label: eventLabel(type, properties),
      writtenAt: [path, ...streamOf(view, from)],
    });
  }
  deriveQueueBetween(view, draft, resource, { name, type, properties, path }, from);
  const failures = drawnBehind(view, at(properties, "DestinationConfig", "OnFailure", "Destination"));
  const failurePath = [...path, "Properties", "DestinationConfig", "OnFailure"];
  deliverFailures(draft, resource.id, failures, failurePath, { name, label: words("on failure") });
  const deadPath = [...path, "Properties", "DeadLetterConfig"];
  const { DeadLetterConfig: dead } = properties;
  const queue = drawnBehind(view, at(dead, "Arn")) ?? makeDeadLetterQueue(view, draft, resource.id + name, dead, deadPath);
  deliverFailures(draft, from ?? resource.id, queue, deadPath, { name });
}

interface SamEvent {
  readonly name: string;
  readonly type: string;
  readonly properties: JsonObject;
  readonly path: TemplatePath;
}

function sourceOf(view: TemplateView, draft: DesignDraft, resource: ResourceView, event: SamEvent): string | undefined {
  const { type, properties } = event;
  if (type === "CloudWatchLogs") return logSource(view, properties["LogGroupName"]);
  if (type === "SelfManagedKafka") return drawnBehind(view, properties["KafkaBootstrapServers"]);
  if (type === "EventBridgeRule" || type === "CloudWatchEvent") {
    const bus = drawnNamed(view, "events", properties["EventBusName"]);
    if (bus !== undefined) return bus;
  }
  const made = madeTypes[type];
  if (made !== undefined) return makeRule(view, draft, resource, event, made);
  const source = sourceProperty[type];
  if (source === undefined) return undefined;
  return drawnBehind(view, properties[source]);
}

/** SAM names it after the function and the event. */
function makeRule(view: TemplateView, draft: DesignDraft, resource: ResourceView, event: SamEvent, type: string): string | undefined {
  const id = resource.id + event.name;
  if (view.resources.has(id)) return undefined;
  draft.make({ id, type, path: event.path, properties: event.properties });
  return id;
}

/** `SqsSubscription`: a queue of the user's stands between topic and function, or one that SAM makes. */
function deriveQueueBetween(
  view: TemplateView,
  draft: DesignDraft,
  resource: ResourceView,
  { name, type, properties, path }: SamEvent,
  topic: string | undefined,
): void {
  const between = type === "SNS" ? properties["SqsSubscription"] : undefined;
  if (between !== true && !isJsonObject(between)) return;
  const place = [...path, "Properties", "SqsSubscription"];
  const isFifo = topic !== undefined && at(view.resources.get(topic)?.properties, "FifoTopic") === true;
  const queue =
    between === true
      ? makeUnlessThere(view, draft, `${resource.id}${name}Queue`, "AWS::SQS::Queue", place, isFifo ? { FifoQueue: true } : {})
      : drawnBehind(view, between["QueueArn"] ?? between["QueueUrl"]);
  deliver(view, draft, topic, queue, [place], { label: subscriptionLabel(properties) });
  const label = eventLabel("SQS", between === true ? {} : between);
  if (queue !== undefined) draft.connect({ kind: "trigger", from: queue, to: resource.id, label, writtenAt: [place] });
}

function apiOf(view: TemplateView, draft: DesignDraft, type: "HttpApi" | "Api", properties: JsonObject): string | undefined {
  const implicit = implicitApis[type];
  const named = properties[implicit.referredBy];
  const referred = referredResource(named, view.ids)?.id;
  const api = named === undefined ? implicit.id : (referred ?? (typeof named === "string" && view.ids.has(named) ? named : undefined));
  if (api === implicit.id && !view.resources.has(api)) {
    draft.make({ id: api, type: implicit.type, path: ["Resources", api], properties: {} });
  }
  return api === undefined ? undefined : drawnOwner(view, api);
}

/** An HTTP API event without path or method answers everything that no other route does. */
function eventRoute(type: "HttpApi" | "Api", properties: JsonObject): Route {
  const path = textOf(properties["Path"]);
  const method = textOf(properties["Method"]);
  if (type === "HttpApi" && (path === undefined || path === "$default")) return defaultRoute;
  return routeOf(method ?? "ANY", path ?? "/");
}

export const defaultRoute: Route = { id: "$default", method: "ANY", path: "$default" };

export function routeOf(method: string, path: string): Route {
  const name =
    method === "*" || method.toLowerCase() === "any" || method.toLowerCase() === "x-amazon-apigateway-any-method"
      ? "ANY"
      : method.toUpperCase();
  return { id: `${name} ${path}`, method: name, path };
}

/** What an event source brings, in SAM's words or in those of a mapping: `batch of 10 · filtered`. */
export function eventLabel(type: string, properties: JsonObject): WordsValue {
  return labelOf(whatComes(type, properties), isWritten(properties["FilterCriteria"]) ? words("filtered") : undefined);
}

function whatComes(type: string, properties: JsonObject): WordsValue {
  switch (type) {
    case "SQS":
      return words("batch of {{size}}", { size: numberOf(properties["BatchSize"]) ?? 10 });
    case "Kinesis":
    case "DynamoDB":
      return words("batch of {{size}}", { size: numberOf(properties["BatchSize"]) ?? 100 });
    case "DocumentDB":
      return labelOf(textOf(properties["CollectionName"]) ?? textOf(properties["DatabaseName"]));
    case "MSK":
    case "SelfManagedKafka":
      return textList(properties["Topics"]).join(", ");
    case "MQ":
      return textList(properties["Queues"]).join(", ");
    case "SNS":
      return subscriptionLabel(properties);
    case "S3":
      return labelOf(
        textList(properties["Events"])
          .map((name) => name.replace(/^s3:/, ""))
          .join(", "),
        keysLabel(properties["Filter"]),
      );
    case "Schedule":
    case "ScheduleV2":
      return textOf(properties["Schedule"] ?? properties["ScheduleExpression"]) ?? "";
    case "EventBridgeRule":
    case "CloudWatchEvent":
      return patternLabel(properties["Pattern"]);
    case "Cognito":
      return textList(properties["Trigger"]).join(", ");
    case "CloudWatchLogs":
      return labelOf(words("logs"), textOf(properties["FilterPattern"])?.trim());
    case "IoTRule":
      return textOf(properties["Sql"]) ?? "";
    default:
      return "";
  }
}
