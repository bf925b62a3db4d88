// APIs that exist only because a function has an Api or HttpApi event without naming one, and the skeleton of the OpenAPI
// document of APIs that bring none.
import type { Json, JsonObject } from "../../json.ts";
import { isJsonObject } from "../../json.ts";
import type { SamContext } from "./context.ts";
import { mapOf, refId } from "./json.ts";
import { addPath, anyMethod, isDefinition } from "./openApi.ts";

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

/** Changes `resources`: gives events their API and APIs their document. Before globals are merged. */
export function addImplicitApis(context: SamContext): void {
  const { resources } = context;
  for (const resource of Object.values(resources)) {
    if (!isJsonObject(resource)) continue;
    const kind = kinds.find((each) => each.type === resource.Type);
    const properties = mapOf(resource.Properties);
    if (kind === undefined || properties.DefinitionBody !== undefined || properties.DefinitionUri !== undefined) continue;
    properties.DefinitionBody = kind.skeleton();
    resource.Properties = properties;
  }
  for (const kind of kinds) {
    const events = eventsOf(resources, kind);
    if (events.some((event) => event.properties[kind.idProperty] === undefined)) {
      resources[kind.implicitId] = { Type: kind.type, Properties: { ...kind.properties(), DefinitionBody: kind.skeleton() } };
      context.implicitApis.add(kind.implicitId);
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

interface ApiEvent {
  readonly functionId: string;
  readonly condition: Json | undefined;
  readonly properties: JsonObject;
}

function eventsOf(resources: JsonObject, kind: ApiKind): ApiEvent[] {
  return Object.entries(resources).flatMap(([functionId, resource]) => {
    if (!isJsonObject(resource) || (resource.Type !== "AWS::Serverless::Function" && resource.Type !== "AWS::Serverless::StateMachine")) return [];
    return Object.values(mapOf(mapOf(resource.Properties).Events)).flatMap((event): ApiEvent[] => {
      if (!isJsonObject(event) || event.Type !== kind.event) return [];
      const properties = mapOf(event.Properties);
      event.Properties = properties;
      return [{ functionId, condition: resource.Condition, properties }];
    });
  });
}

/** Marks the APIs whose document SAM writes, and puts the routes of their events into it in the events' order. */
export function addEventPaths(context: SamContext): void {
  for (const kind of kinds) {
    for (const event of eventsOf(context.resources, kind)) {
      const apiId = refId(event.properties[kind.idProperty]);
      const api = apiId === undefined ? undefined : context.resources[apiId];
      const { Path: path, Method: method } = event.properties;
      if (apiId === undefined || !isJsonObject(api) || !context.managedApis.has(apiId)) continue;
      const definition = mapOf(api.Properties).DefinitionBody;
      if (isDefinition(definition) && typeof path === "string" && typeof method === "string") addPath(definition, path, method);
    }
  }
}
