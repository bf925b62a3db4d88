// APIs that exist only because a function has an Api or HttpApi event without naming one, and the skeleton of the OpenAPI
// document of APIs that bring none.
import type { Json, JsonObject } from "../../json.ts";
import { isJsonObject } from "../../json.ts";
import type { SamContext } from "./context.ts";
import { mapOf, refId } from "./json.ts";
import { addPath, anyMethod, conditional, isDefinition, pathsOf } from "./openApi.ts";

interface ApiKind {
  readonly event: string;
  readonly type: string;
  readonly implicitId: string;
  readonly idProperty: string;
  skeleton(): JsonObject;
  properties(): JsonObject;
}

const kinds: readonly ApiKind[] = [
  {
    event: "Api",
    type: "AWS::Serverless::Api",
    implicitId: "ServerlessRestApi",
    idProperty: "RestApiId",
    skeleton: () => ({ swagger: "2.0", info: { version: "1.0", title: { Ref: "AWS::StackName" } }, paths: {} }),
    properties: () => ({ StageName: "Prod" }),
  },
  {
    event: "HttpApi",
    type: "AWS::Serverless::HttpApi",
    implicitId: "ServerlessHttpApi",
    idProperty: "ApiId",
    skeleton: () => ({ openapi: "3.0.1", info: { version: "1.0", title: { Ref: "AWS::StackName" } }, paths: {} }),
    properties: () => ({}),
  },
];

/** Gives every Api and HttpApi event the API it belongs to, made up where it names none. Before globals are merged. */
export function addImplicitApis(context: SamContext): void {
  const { resources } = context;
  for (const kind of kinds) {
    const events = eventsOf(resources, kind);
    if (events.some((event) => event.properties[kind.idProperty] === undefined)) {
      resources[kind.implicitId] = { Type: kind.type, Properties: kind.properties() };
    }
    for (const event of events) {
      event.properties[kind.idProperty] ??= { Ref: kind.implicitId };
      if (kind.event === "HttpApi") {
        event.properties.Path ??= "$default";
        event.properties.Method ??= anyMethod;
      }
    }
  }
}

/** APIs that bring no document of their own, or want theirs merged, get one that SAM fills. After globals are merged. */
export function addDefinitions(context: SamContext): void {
  for (const [id, resource] of Object.entries(context.resources)) {
    if (!isJsonObject(resource)) continue;
    const kind = kinds.find((each) => each.type === resource.Type);
    if (kind === undefined) continue;
    const properties = mapOf(resource.Properties);
    resource.Properties = properties;
    const isMerged = properties.MergeDefinitions === true && isJsonObject(properties.DefinitionBody);
    if (!isMerged && (properties.DefinitionBody !== undefined || properties.DefinitionUri !== undefined)) continue;
    const skeleton = kind.skeleton();
    if (isMerged) {
      const written = mapOf(properties.DefinitionBody);
      context.writtenDefinitions.set(id, written);
      if (written.openapi !== undefined) {
        delete skeleton.swagger;
        skeleton.openapi = written.openapi;
      }
    }
    if (kind.event === "Api" && /^3(\.\d)?(\.\d)?$/.test(String(versionText(properties.OpenApiVersion ?? "")))) {
      delete skeleton.swagger;
      skeleton.openapi = versionText(properties.OpenApiVersion ?? null);
    }
    properties.DefinitionBody = skeleton;
    context.managedApis.add(id);
  }
}

/** `OpenApiVersion: 3.0` is a number to YAML. */
function versionText(version: Json): Json {
  return typeof version === "number" ? version.toFixed(1) : version;
}

interface ApiEvent {
  readonly functionId: string;
  readonly condition: Json | undefined;
  readonly attributes: JsonObject;
  readonly properties: JsonObject;
}

function eventsOf(resources: JsonObject, kind: ApiKind): ApiEvent[] {
  return Object.entries(resources).flatMap(([functionId, resource]) => {
    if (!isJsonObject(resource) || (resource.Type !== "AWS::Serverless::Function" && resource.Type !== "AWS::Serverless::StateMachine"))
      return [];
    return Object.values(mapOf(mapOf(resource.Properties).Events)).flatMap((event): ApiEvent[] => {
      if (!isJsonObject(event) || event.Type !== kind.event) return [];
      const properties = mapOf(event.Properties);
      event.Properties = properties;
      return [{ functionId, condition: resource.Condition, attributes: resource, properties }];
    });
  });
}

/** Puts the routes of events into the documents, in the events' order, under the conditions of what they start. */
export function addEventPaths(context: SamContext): void {
  for (const kind of kinds) {
    const events = eventsOf(context.resources, kind).flatMap((event): RoutedEvent[] => {
      const apiId = refId(event.properties[kind.idProperty]);
      const api = apiId === undefined ? undefined : context.resources[apiId];
      const { Path: path, Method: method } = event.properties;
      if (
        apiId === undefined ||
        !isJsonObject(api) ||
        !context.managedApis.has(apiId) ||
        typeof path !== "string" ||
        typeof method !== "string"
      )
        return [];
      const definition = mapOf(api.Properties).DefinitionBody;
      return isDefinition(definition)
        ? [{ apiId, definition, path, method, condition: typeof event.condition === "string" ? event.condition : undefined, event }]
        : [];
    });
    for (const event of events) addPath(event.definition, event.path, event.method);
    for (const apiId of new Set(events.map((event) => event.apiId))) {
      const own = events.filter((event) => event.apiId === apiId);
      addPathConditions(context, apiId, own);
      if (apiId === kind.implicitId) addImplicitAttributes(context, apiId, own);
    }
  }
}

interface RoutedEvent {
  readonly apiId: string;
  readonly definition: JsonObject;
  readonly path: string;
  readonly method: string;
  readonly condition: string | undefined;
  readonly event: ApiEvent;
}

/** A path whose methods all depend on conditions exists only when one of these holds. */
function addPathConditions(context: SamContext, apiId: string, events: readonly RoutedEvent[]): void {
  for (const path of new Set(events.map((event) => event.path))) {
    const own = events.filter((event) => event.path === path);
    const conditions = own.map((event) => event.condition);
    const definition = own[0]?.definition;
    if (definition === undefined || conditions.some((condition) => condition === undefined)) continue;
    const name = combined(
      context,
      [...new Set(conditions)].flatMap((each) => each ?? []),
      `${apiId}${path.replace(/[^A-Za-z0-9]/g, "")}PathCondition`,
    );
    const paths = pathsOf(definition);
    paths[path] = conditional(name, paths[path] ?? {});
  }
}

/** The implicit API shares the conditions and policies of the functions that it exists for. */
function addImplicitAttributes(context: SamContext, apiId: string, events: readonly RoutedEvent[]): void {
  const api = mapOf(context.resources[apiId]);
  const conditions = events.map((event) => event.condition);
  if (!conditions.includes(undefined))
    api.Condition = combined(
      context,
      [...new Set(conditions)].flatMap((each) => each ?? []),
      `${apiId}Condition`,
    );
  for (const name of ["DeletionPolicy", "UpdateReplacePolicy"] as const) {
    const values = events.map((event) => event.event.attributes[name]);
    // What one function keeps, the API in front of it keeps.
    const chosen = ["Retain", "Delete"].find((value) => values.includes(value));
    if (chosen !== undefined) api[name] = chosen;
  }
}

function combined(context: SamContext, conditions: readonly string[], name: string): string {
  const [only] = conditions;
  if (only !== undefined && conditions.length === 1) return only;
  context.conditions[name] = orOf(
    context,
    conditions.map((condition) => ({ Condition: condition })),
    name,
  );
  return name;
}

/** Fn::Or takes ten conditions at most; more are nested. */
function orOf(context: SamContext, conditions: readonly JsonObject[], name: string): Json {
  if (conditions.length <= 10) return { "Fn::Or": [...conditions] };
  const groups: Json[] = [];
  for (let at = 0; at < conditions.length; at += 10) {
    const group = conditions.slice(at, at + 10);
    const groupName = `${name}${groups.length}`;
    context.conditions[groupName] = { "Fn::Or": group };
    groups.push({ Condition: groupName });
  }
  return { "Fn::Or": groups };
}
