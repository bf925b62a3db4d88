import { isJsonObject, type Json, type JsonObject } from "../json.ts";
import type { TemplatePath } from "./design.ts";
import type { DesignDraft } from "./draft.ts";
import { defaultRoute, routeOf } from "./events.ts";
import { drawnBehind } from "./owners.ts";
import { referencesIn } from "./references.ts";
import { at, textOf, type ResourceView, type TemplateView } from "./view.ts";

// Routes as CloudFormation and OpenAPI write them.

/** Where each API type keeps an OpenAPI document. */
const bodyProperty: Readonly<Record<string, string>> = {
  "AWS::Serverless::Api": "DefinitionBody",
  "AWS::Serverless::HttpApi": "DefinitionBody",
  "AWS::ApiGateway::RestApi": "Body",
  "AWS::ApiGatewayV2::Api": "Body",
};

const methods = new Set(["get", "put", "post", "delete", "options", "head", "patch", "trace", "x-amazon-apigateway-any-method"]);

export function deriveRawApis(view: TemplateView, draft: DesignDraft): void {
  for (const resource of view.resources.values()) {
    const body = bodyProperty[resource.type];
    if (body !== undefined) deriveOpenApi(view, draft, resource, body);
    if (resource.type === "AWS::ApiGatewayV2::Route") deriveRoute(view, draft, resource);
    if (resource.type === "AWS::ApiGateway::Method") deriveMethod(view, draft, resource);
    if (resource.type === "AWS::ApiGatewayV2::Api" && resource.properties["Target"] !== undefined) deriveQuickTarget(view, draft, resource);
    deriveAuthorizers(view, draft, resource);
  }
}

function deriveOpenApi(view: TemplateView, draft: DesignDraft, api: ResourceView, body: string): void {
  const paths = at(api.properties, body, "paths");
  if (!isJsonObject(paths)) return;
  for (const [path, operations] of Object.entries(paths)) {
    if (!isJsonObject(operations)) continue;
    for (const [method, operation] of Object.entries(operations)) {
      if (!methods.has(method.toLowerCase())) continue;
      const route = path === "/$default" || path === "$default" ? defaultRoute : routeOf(method, path);
      const integration = at(operation, "x-amazon-apigateway-integration");
      const target = integrationTarget(view, integration);
      const writtenAt: TemplatePath[] = [[...api.path, "Properties", body, "paths", path, method]];
      if (target === undefined) draft.route(api.id, route);
      else draft.connect({ kind: "trigger", from: api.id, to: target, name: route.id, fromRoute: route, label: route.id, writtenAt });
    }
  }
}

/** A function by its URI, or another service by the resources that its credentials and request mention. */
function integrationTarget(view: TemplateView, integration: Json | undefined): string | undefined {
  return drawnBehind(view, at(integration, "uri")) ?? drawnBehind(view, at(integration, "requestTemplates"));
}

function deriveRoute(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  const api = drawnBehind(view, resource.properties["ApiId"]);
  const key = textOf(resource.properties["RouteKey"]);
  if (api === undefined || key === undefined) return;
  const route = routeOfKey(key, view.resources.get(api));
  const integration = referencesIn(resource.properties["Target"])
    .map((reference) => view.resources.get(reference.id))
    .find((each) => each?.type === "AWS::ApiGatewayV2::Integration");
  const target =
    drawnBehind(view, integration?.properties["IntegrationUri"]) ?? drawnBehind(view, at(integration?.properties, "RequestParameters"));
  if (target === undefined || !integration) {
    draft.route(api, route);
    return;
  }
  const isShared = integrationUses(view, integration.id) > 1;
  const writtenAt = isShared ? [resource.path] : [resource.path, integration.path];
  draft.connect({ kind: "trigger", from: api, to: target, name: route.id, fromRoute: route, label: route.id, writtenAt });
}

function integrationUses(view: TemplateView, integration: string): number {
  let uses = 0;
  for (const resource of view.resources.values()) {
    if (resource.type !== "AWS::ApiGatewayV2::Route") continue;
    if (referencesIn(resource.properties["Target"]).some((reference) => reference.id === integration)) uses += 1;
  }
  return uses;
}

/** `GET /orders` of an HTTP API; `$connect` and `sendMessage` of a WebSocket API. */
function routeOfKey(key: string, api: ResourceView | undefined) {
  if (key === "$default") return defaultRoute;
  if (api?.properties["ProtocolType"] === "WEBSOCKET") return { id: key, method: "WS", path: key };
  const [method = "ANY", path = "/"] = key.split(" ");
  return routeOf(method, path);
}

function deriveMethod(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  const api = drawnBehind(view, resource.properties["RestApiId"]);
  if (api === undefined) return;
  const route = routeOf(textOf(resource.properties["HttpMethod"]) ?? "ANY", resourcePath(view, resource.properties["ResourceId"], 0));
  const integration = resource.properties["Integration"];
  const target = drawnBehind(view, at(integration, "Uri")) ?? drawnBehind(view, at(integration, "RequestTemplates"));
  if (target === undefined || target === api) {
    draft.route(api, route);
    return;
  }
  draft.connect({ kind: "trigger", from: api, to: target, name: route.id, fromRoute: route, label: route.id, writtenAt: [resource.path] });
}

/** A REST API's resources are a tree: each knows its part and its parent. */
function resourcePath(view: TemplateView, value: Json | undefined, depth: number): string {
  const resource = referencesIn(value)
    .map((reference) => view.resources.get(reference.id))
    .find((each) => each?.type === "AWS::ApiGateway::Resource");
  if (!resource || depth > 30) return "/";
  const parent = resourcePath(view, resource.properties["ParentId"], depth + 1);
  return `${parent === "/" ? "" : parent}/${textOf(resource.properties["PathPart"]) ?? ""}`;
}

function deriveQuickTarget(view: TemplateView, draft: DesignDraft, api: ResourceView): void {
  const target = drawnBehind(view, api.properties["Target"]);
  if (target === undefined) return;
  const key = textOf(api.properties["RouteKey"]);
  const route = key === undefined ? defaultRoute : routeOfKey(key, api);
  const writtenAt = [[...api.path, "Properties", "Target"]];
  draft.connect({ kind: "trigger", from: api.id, to: target, name: route.id, fromRoute: route, label: route.id, writtenAt });
}

/** Who says whether a request may pass: a function or a user pool. */
function deriveAuthorizers(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  const authorizers = at(resource.properties, "Auth", "Authorizers");
  if (isJsonObject(authorizers)) {
    for (const [name, authorizer] of Object.entries(authorizers)) {
      if (isJsonObject(authorizer))
        authorize(view, draft, resource.id, authorizer, [...resource.path, "Properties", "Auth", "Authorizers", name]);
    }
  }
  if (resource.type === "AWS::ApiGateway::Authorizer" || resource.type === "AWS::ApiGatewayV2::Authorizer") {
    const api = drawnBehind(view, resource.properties["RestApiId"] ?? resource.properties["ApiId"]);
    if (api !== undefined) authorize(view, draft, api, resource.properties, resource.path);
  }
}

const guardProperties = ["FunctionArn", "AuthorizerUri", "UserPoolArn", "ProviderARNs", "JwtConfiguration"];

function authorize(view: TemplateView, draft: DesignDraft, api: string, authorizer: JsonObject, path: TemplatePath): void {
  for (const property of guardProperties) {
    const guard = drawnBehind(view, authorizer[property]);
    if (guard === undefined || guard === api) continue;
    draft.connect({ kind: "target", from: api, to: guard, name: "authorizer", label: "authorizer", writtenAt: [path] });
    return;
  }
}
