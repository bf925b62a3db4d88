import { isJsonObject, type Json, type JsonObject } from "../json.ts";
import type { Route } from "./design.ts";
import type { DesignDraft } from "./draft.ts";
import { drawnBehind } from "./owners.ts";
import { referredResource } from "./references.ts";
import { at, implicitApis, numberOf, textOf, type ResourceView, type TemplateView } from "./view.ts";

// Event sources as SAM writes them: at the function or state machine that they start.

/** Property of an event that names what it comes from. APIs, which may be implicit, are treated apart. */
const sourceProperty: Readonly<Record<string, string>> = {
  SQS: "Queue",
  SNS: "Topic",
  S3: "Bucket",
  Kinesis: "Stream",
  DynamoDB: "Stream",
  Cognito: "UserPool",
  EventBridgeRule: "EventBusName",
  CloudWatchEvent: "EventBusName",
  CloudWatchLogs: "LogGroupName",
  MSK: "Stream",
  MQ: "Broker",
  DocumentDB: "Cluster",
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
  const source = sourceProperty[type];
  const from = source === undefined ? undefined : drawnBehind(view, properties[source]);
  if (from !== undefined)
    draft.connect({ kind: "trigger", from, to: resource.id, name, label: eventLabel(type, properties), writtenAt: [path] });
  const failures = drawnBehind(view, at(properties, "DestinationConfig", "OnFailure", "Destination"));
  if (failures !== undefined) {
    const failurePath = [...path, "Properties", "DestinationConfig", "OnFailure"];
    draft.connect({ kind: "dead-letter", from: resource.id, to: failures, name, label: "on failure", writtenAt: [failurePath] });
  }
}

function apiOf(view: TemplateView, draft: DesignDraft, type: "HttpApi" | "Api", properties: JsonObject): string | undefined {
  const implicit = implicitApis[type];
  const named = properties[implicit.referredBy];
  const api =
    named === undefined
      ? implicit.id
      : (referredResource(named, view.ids)?.id ?? (typeof named === "string" && view.ids.has(named) ? named : undefined));
  if (api === implicit.id && !view.resources.has(api)) draft.implicit(type);
  return api;
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

export function eventLabel(type: string, properties: JsonObject): string {
  switch (type) {
    case "SQS":
      return `batch of ${numberOf(properties["BatchSize"]) ?? 10}`;
    case "Kinesis":
    case "DynamoDB":
      return `batch of ${numberOf(properties["BatchSize"]) ?? 100}`;
    case "S3":
      return textList(properties["Events"])
        .map((name) => name.replace(/^s3:/, ""))
        .join(", ");
    case "EventBridgeRule":
    case "CloudWatchEvent":
      return textList(at(properties, "Pattern", "detail-type")).join(", ");
    case "Cognito":
      return textList(properties["Trigger"]).join(", ");
    default:
      return "";
  }
}

function textList(value: Json | undefined): string[] {
  const list = Array.isArray(value) ? value : [value];
  return list.filter((item) => typeof item === "string");
}
