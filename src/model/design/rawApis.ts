import { isJsonObject, type Json, type JsonObject } from "../json.ts";
import { connectRoute, serviceCall, type ServiceCall } from "./apiIntegrations.ts";
import type { Route, TemplatePath } from "./design.ts";
import type { DesignDraft } from "./draft.ts";
import { defaultRoute, routeOf } from "./events.ts";
import { deriveOpenApi } from "./openApi.ts";
import { drawnBehind, drawnNamed } from "./owners.ts";
import { referencesIn } from "./references.ts";
import { at, textOf, type ResourceView, type TemplateView } from "./view.ts";
import { words } from "../words.ts";

// Routes and authorizers as CloudFormation and SAM write them at APIs.

export function deriveRawApis(view: TemplateView, draft: DesignDraft): void {
  for (const resource of view.resources.values()) {
    deriveOpenApi(view, draft, resource);
    if (resource.type === "AWS::Serverless::WebSocketApi") deriveSamRoutes(view, draft, resource);
    if (resource.type === "AWS::ApiGatewayV2::Route") deriveRoute(view, draft, resource);
    if (resource.type === "AWS::ApiGateway::Method") deriveMethod(view, draft, resource);
    if (resource.type === "AWS::ApiGatewayV2::Api" && resource.properties["Target"] !== undefined) deriveQuickTarget(view, draft, resource);
    deriveAuthorizers(view, draft, resource);
  }
}

/** Routes of a WebSocket API as SAM writes them: by their keys, each with its function. */
function deriveSamRoutes(view: TemplateView, draft: DesignDraft, api: ResourceView): void {
  const routes = api.properties["Routes"];
  if (!isJsonObject(routes)) return;
  for (const [key, route] of Object.entries(routes)) {
    const path: TemplatePath = [...api.path, "Properties", "Routes", key];
    connectRoute(view, draft, api.id, webSocketRoute(key), callOf(drawnNamed(view, "lambda", at(route, "FunctionArn"))), [path]);
  }
}

function callOf(target: string | undefined): ServiceCall | undefined {
  return target === undefined ? undefined : { target };
}

function deriveRoute(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  const api = drawnBehind(view, resource.properties["ApiId"]);
  const key = textOf(resource.properties["RouteKey"]);
  if (api === undefined || key === undefined) return;
  const route = routeOfKey(key, view.resources.get(api));
  const integration = referencesIn(resource.properties["Target"])
    .map((reference) => view.resources.get(reference.id))
    .find((each) => each?.type === "AWS::ApiGatewayV2::Integration");
  if (!integration) {
    draft.route(api, route);
    return;
  }
  const call = serviceCall(view, integration.properties["IntegrationUri"], integration.properties);
  connectRoute(view, draft, api, route, call, [resource.path, integration.path]);
}

/** `GET /orders` of an HTTP API; `$connect` and `sendMessage` of a WebSocket API. */
function routeOfKey(key: string, api: ResourceView | undefined): Route {
  if (key === "$default") return defaultRoute;
  if (api?.properties["ProtocolType"] === "WEBSOCKET") return webSocketRoute(key);
  const [method = "ANY", path = "/"] = key.split(" ");
  return routeOf(method, path);
}

function webSocketRoute(key: string): Route {
  return { id: key, method: "WS", path: key };
}

function deriveMethod(view: TemplateView, draft: DesignDraft, resource: ResourceView): void {
  const api = drawnBehind(view, resource.properties["RestApiId"]);
  if (api === undefined) return;
  const route = routeOf(textOf(resource.properties["HttpMethod"]) ?? "ANY", resourcePath(view, resource.properties["ResourceId"], 0));
  const integration = resource.properties["Integration"];
  connectRoute(view, draft, api, route, serviceCall(view, at(integration, "Uri"), integration), [resource.path]);
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
  const key = textOf(api.properties["RouteKey"]);
  const route = key === undefined ? defaultRoute : routeOfKey(key, api);
  const target = drawnBehind(view, api.properties["Target"]);
  if (target !== undefined) connectRoute(view, draft, api.id, route, { target }, [[...api.path, "Properties", "Target"]]);
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
  if (resource.type === "AWS::Serverless::WebSocketApi" && isJsonObject(resource.properties["Auth"]))
    authorize(view, draft, resource.id, resource.properties["Auth"], [...resource.path, "Properties", "Auth"]);
  if (resource.type === "AWS::ApiGateway::Authorizer" || resource.type === "AWS::ApiGatewayV2::Authorizer") {
    const api = drawnBehind(view, resource.properties["RestApiId"] ?? resource.properties["ApiId"]);
    if (api !== undefined) authorize(view, draft, api, resource.properties, resource.path);
  }
}

const guardProperties = ["FunctionArn", "AuthArn", "AuthorizerUri", "UserPoolArn", "ProviderARNs", "JwtConfiguration"];

function authorize(view: TemplateView, draft: DesignDraft, api: string, authorizer: JsonObject, path: TemplatePath): void {
  for (const property of guardProperties) {
    const guard = drawnBehind(view, authorizer[property]);
    if (guard === undefined || guard === api) continue;
    draft.connect({ kind: "target", from: api, to: guard, name: "authorizer", label: words("authorizer"), writtenAt: [path] });
    return;
  }
}
