// Before anything is transformed: APIs that bring no document get one that SAM fills, events that name no API get one made
// up for them, and the routes of all events are put into these documents, under the conditions of what they start.
import type { Json, JsonObject } from "../../json.ts";
import { isJsonObject } from "../../json.ts";
import { conditionOfAny } from "./conditions.ts";
import { fail, guarded } from "./context.ts";
import type { SamContext } from "./context.ts";
import { isSet, mapOf, refId } from "./json.ts";
import { addPath, anyMethod, conditional, isOpenApi3, isSwagger, isVersion3, pathsOf } from "./openApi.ts";
import { words } from "../../words.ts";

interface ApiKind {
  readonly event: "Api" | "HttpApi";
  readonly type: string;
  readonly implicitId: string;
  readonly idProperty: string;
  skeleton(): JsonObject;
  isDefinition(value: Json | undefined): value is JsonObject;
  properties(): JsonObject;
}

const kinds: readonly ApiKind[] = [
  {
    event: "Api",
    type: "AWS::Serverless::Api",
    implicitId: "ServerlessRestApi",
    idProperty: "RestApiId",
    skeleton: swaggerSkeleton,
    isDefinition: isSwagger,
    properties: () => ({ StageName: "Prod" }),
  },
  {
    event: "HttpApi",
    type: "AWS::Serverless::HttpApi",
    implicitId: "ServerlessHttpApi",
    idProperty: "ApiId",
    skeleton: () => ({ openapi: "3.0.1", info: { version: "1.0", title: { Ref: "AWS::StackName" } }, paths: {} }),
    isDefinition: isOpenApi3,
    properties: () => ({}),
  },
];

export function swaggerSkeleton(): JsonObject {
  return { swagger: "2.0", info: { version: "1.0", title: { Ref: "AWS::StackName" } }, paths: {} };
}

/** Before globals are merged, as AWS's transform does it: they count neither for documents nor for routes. */
export function addImplicitApis(context: SamContext, globals: JsonObject): void {
  for (const kind of kinds) addDefinitions(context, kind);
  for (const kind of kinds) addRoutes(context, kind, globals);
}

function addDefinitions(context: SamContext, kind: ApiKind): void {
  for (const [id, resource] of Object.entries(context.resources)) {
    if (!isJsonObject(resource) || resource.Type !== kind.type) continue;
    const properties = resource.Properties === undefined ? {} : resource.Properties;
    if (!isJsonObject(properties) || isSet(properties.DefinitionBody) || isSet(properties.DefinitionUri)) continue;
    resource.Properties = properties;
    properties.DefinitionBody = kind.skeleton();
    context.managedApis.add(id);
  }
}

interface Route {
  readonly apiId: string;
  readonly path: string;
  readonly method: string;
  readonly condition: string | undefined;
  /** The function or state machine that the route starts. */
  readonly owner: JsonObject;
}

function addRoutes(context: SamContext, kind: ApiKind, globals: JsonObject): void {
  const { resources } = context;
  const existing = resources[kind.implicitId];
  const wasManaged = context.managedApis.has(kind.implicitId);
  const implicit: JsonObject = { Type: kind.type, Properties: { ...kind.properties(), DefinitionBody: kind.skeleton() } };
  resources[kind.implicitId] = implicit;
  context.managedApis.add(kind.implicitId);
  const routes = Object.entries(resources).flatMap(([id, owner]) =>
    isJsonObject(owner) ? routesOf(context, kind, id, owner, globals) : [],
  );
  const own = routes.filter((route) => route.apiId === kind.implicitId);
  addConditionToApi(context, kind, implicit, own);
  addPolicy(implicit, "DeletionPolicy", ["Retain", "Delete"], own);
  addPolicy(implicit, "UpdateReplacePolicy", ["Retain", "Snapshot", "Delete"], own);
  for (const [apiId, ofApi] of Map.groupBy(routes, (route) => route.apiId)) addConditionsToPaths(context, apiId, ofApi);
  const definition = mapOf(mapOf(implicit.Properties).DefinitionBody);
  if (Object.keys(mapOf(definition.paths)).length > 0) return;
  if (!wasManaged) context.managedApis.delete(kind.implicitId);
  if (existing === undefined) delete resources[kind.implicitId];
  else resources[kind.implicitId] = existing;
}

function routesOf(context: SamContext, kind: ApiKind, ownerId: string, owner: JsonObject, globals: JsonObject): Route[] {
  if (owner.Type !== "AWS::Serverless::Function" && owner.Type !== "AWS::Serverless::StateMachine") return [];
  const events = mapOf(mapOf(owner.Properties).Events);
  const routes: Route[] = [];
  for (const [name, event] of Object.entries(events)) {
    if (!isJsonObject(event) || event.Type !== kind.event) continue;
    let isRead = false;
    guarded(
      context,
      { path: ["Resources", ownerId, "Properties", "Events", name], who: words("Event {{name}} of {{id}}", { name, id: ownerId }) },
      () => {
        const route = readRoute(context, kind, owner, event, globals);
        if (route !== undefined) routes.push(route);
        isRead = true;
      },
    );
    // Said once is enough.
    if (!isRead) delete events[name];
  }
  return routes;
}

function readRoute(context: SamContext, kind: ApiKind, owner: JsonObject, event: JsonObject, globals: JsonObject): Route | undefined {
  const properties = event.Properties ?? (Object.hasOwn(event, "Properties") && kind.event === "HttpApi" ? null : {});
  if (kind.event === "Api" && !isSet(properties)) return undefined;
  if (!isJsonObject(properties)) fail(words("{{property}} should be a map.", { property: "Properties" }), "sam.event");
  event.Properties = properties;
  if (properties[kind.idProperty] === undefined) {
    addTags(context, kind, owner, globals);
    properties[kind.idProperty] = { Ref: kind.implicitId };
  }
  if (kind.event === "HttpApi" && !isSet(properties.Path) && !isSet(properties.Method)) {
    properties.Path = "$default";
    properties.Method = anyMethod;
  }
  const { Path: path, Method: method } = properties;
  if (typeof path !== "string" || typeof method !== "string")
    fail(words("{{event}} events need Path and Method, as text.", { event: kind.event }), "sam.event");
  const apiId = refId(properties[kind.idProperty]);
  const api = apiId !== undefined && Object.hasOwn(context.resources, apiId) ? context.resources[apiId] : undefined;
  if (apiId === undefined || !isJsonObject(api) || (kind.event === "Api" && api.Type === "AWS::Serverless::HttpApi"))
    fail(
      words("{{idProperty}} must reference an {{type}} in the same template.", { idProperty: kind.idProperty, type: kind.type }),
      "sam.event",
    );
  const condition = typeof owner.Condition === "string" && owner.Condition !== "" ? owner.Condition : undefined;
  const { DefinitionBody: definition } = mapOf(api.Properties);
  if (context.managedApis.has(apiId) && kind.isDefinition(definition)) addPath(definition, path, method);
  if (kind.event === "HttpApi" && Object.hasOwn(properties, "RouteSettings"))
    addRouteSettings(api, { path, method, condition, settings: properties.RouteSettings ?? null });
  return { apiId, path, method, condition, owner };
}

function addTags(context: SamContext, kind: ApiKind, owner: JsonObject, globals: JsonObject): void {
  const own = mapOf(owner.Properties);
  const shared = mapOf(globals[owner.Type === "AWS::Serverless::Function" ? "Function" : "StateMachine"]);
  const tags = isSet(own.Tags) ? own.Tags : shared.Tags;
  if (!isSet(tags) || !isJsonObject(tags) || (!isSet(own.PropagateTags) && !isSet(shared.PropagateTags))) return;
  const api = mapOf(mapOf(context.resources[kind.implicitId]).Properties);
  api.Tags = { ...mapOf(api.Tags), ...tags };
  api.PropagateTags = true;
}

function addRouteSettings(
  api: JsonObject,
  route: { readonly path: string; readonly method: string; readonly condition: string | undefined; readonly settings: Json },
): void {
  const properties = mapOf(api.Properties);
  const all = properties.RouteSettings ?? {};
  if (!isJsonObject(all)) fail(words("RouteSettings of the HttpApi should be a map."), "sam.event");
  const own = route.condition === undefined ? route.settings : conditional(route.condition, route.settings);
  if (!isJsonObject(own)) fail(words("{{property}} should be a map.", { property: "RouteSettings" }), "sam.event");
  const key = route.method === anyMethod ? route.path : `${route.method.toUpperCase()} ${route.path}`;
  all[key] = { ...mapOf(all[key]), ...own };
  properties.RouteSettings = all;
  api.Properties = properties;
}

/** Conditions of the routes; undefined when some route has none. Of one path and method the last counts. */
function conditionsOf(routes: readonly Route[]): readonly string[] | undefined {
  const last = new Map(routes.map((route) => [`${route.method} ${route.path}`, route.condition]));
  const conditions = new Set([...last.values()].flatMap((condition) => condition ?? []));
  return last.size === 0 || [...last.values()].includes(undefined) ? undefined : [...conditions].toSorted();
}

/** The implicit API is there for its functions: when none of them is, it is not either. */
function addConditionToApi(context: SamContext, kind: ApiKind, api: JsonObject, routes: readonly Route[]): void {
  const conditions = conditionsOf(routes);
  if (conditions !== undefined) api.Condition = conditionOfAny(context, conditions, `${kind.implicitId}Condition`);
}

/** What one function keeps, the API in front of it keeps. */
function addPolicy(api: JsonObject, name: string, strictestFirst: readonly string[], routes: readonly Route[]): void {
  const values = routes.map((route) => route.owner[name]);
  const chosen = strictestFirst.find((value) => values.includes(value));
  if (chosen !== undefined) api[name] = chosen;
}

/** A path whose methods all depend on conditions exists only when one of these holds. */
function addConditionsToPaths(context: SamContext, apiId: string, routes: readonly Route[]): void {
  if (!context.managedApis.has(apiId)) return;
  const { DefinitionBody: definition } = mapOf(mapOf(context.resources[apiId]).Properties);
  if (!isJsonObject(definition)) return;
  const paths = pathsOf(definition);
  for (const [path, ofPath] of Map.groupBy(routes, (route) => route.path)) {
    const conditions = conditionsOf(ofPath);
    if (conditions === undefined) continue;
    const place = path.replaceAll("/", "SLASH").replaceAll("{", "OB").replaceAll("}", "CB");
    paths[path] = conditional(conditionOfAny(context, conditions, `${apiId}${place}PathCondition`), paths[path] ?? {});
  }
}

/** With OpenApiVersion 3 the documents that SAM writes are of that version. After globals are merged. */
export function setOpenApiVersions(context: SamContext): void {
  for (const [id, resource] of Object.entries(context.resources)) {
    if (!isJsonObject(resource) || resource.Type !== "AWS::Serverless::Api" || !context.managedApis.has(id)) continue;
    const properties = mapOf(resource.Properties);
    const version = versionText(properties.OpenApiVersion);
    if (version === undefined || !isVersion3(version)) continue;
    properties.OpenApiVersion = version;
    const { DefinitionBody: definition } = properties;
    if (!isJsonObject(definition)) continue;
    definition.openapi = version;
    delete definition.swagger;
  }
}

/** `OpenApiVersion: 3.0` is a number to YAML. */
function versionText(version: Json | undefined): string | undefined {
  return typeof version === "number" ? version.toFixed(1) : typeof version === "string" ? version : undefined;
}
