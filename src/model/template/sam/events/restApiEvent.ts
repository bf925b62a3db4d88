// Api events: a route of a REST API that invokes the function.
import type { Json, JsonObject } from "../../../json.ts";
import { isJsonObject } from "../../../json.ts";
import { fail } from "../context.ts";
import type { SamContext } from "../context.ts";
import { swaggerSkeleton } from "../implicitApis.ts";
import { isSet, mapOf, refId, sub } from "../json.ts";
import {
  addIntegration,
  checkPaths,
  conditional,
  hasIntegration,
  invocationUri,
  isSwagger,
  methodKey,
  pathsOf,
  permissionPath,
} from "../openApi.ts";
import { applyAuth, applyMethodSettings, iamCredentials } from "../restApiMethods.ts";
import type { MethodEvent } from "../restApiMethods.ts";
import type { EventTarget } from "./functionEvents.ts";
import { emitPermission } from "./permission.ts";
import { words } from "../../../words.ts";

interface LinkedApi {
  readonly id: string;
  readonly properties: JsonObject;
  /** The stage's name where it is known, and a word for it otherwise. */
  readonly stage: string;
}

/** The REST API that an event's RestApiId names. */
export function linkedApi(context: SamContext, restApiId: Json | undefined): LinkedApi {
  const id = refId(restApiId);
  const api = id !== undefined && Object.hasOwn(context.resources, id) ? context.resources[id] : undefined;
  if (id === undefined || !isJsonObject(api)) fail(words("RestApiId must reference an API in the same template."), "sam.event");
  const properties = api.Properties ?? {};
  if (!isJsonObject(properties))
    fail(words("{{property}} of {{owner}} should be a map.", { property: "Properties", owner: id }), "sam.event");
  const { StageName: stage } = properties;
  if (stage === "") fail(words("StageName of {{id}} cannot be empty.", { id }), "sam.event");
  return { id, properties, stage: typeof stage === "string" ? stage : "Stage" };
}

export function emitRestApiEvent(context: SamContext, target: EventTarget, name: string, given: JsonObject): void {
  const { Path: path, Method: written } = given;
  if (typeof path !== "string" || typeof written !== "string") fail(words("Path and Method should be text."), "sam.event");
  const method = written.toLowerCase();
  const api = linkedApi(context, given.RestApiId);
  emitRoutePermission(context, target, name, { path, method, apiId: given.RestApiId ?? null, suffix: api.stage });
  const { properties } = api;
  const isMerged = isSet(properties.MergeDefinitions);
  const body = properties.DefinitionBody;
  const isManaged = context.managedApis.has(api.id);
  const event: Omit<MethodEvent, "definition"> = { api: properties, path, method, stage: api.stage, event: given };
  if ((isManaged || isMerged) && body !== undefined && body !== null) {
    const definition = isMerged ? swaggerSkeleton() : body;
    if (!isSwagger(definition))
      fail(words("DefinitionBody of {{api}} is no OpenAPI document that SAM can add to.", { api: api.id }), "sam.event");
    addLambdaIntegration(context, target, { ...event, definition });
    applyMethodSettings(context, { ...event, definition });
    if (isMerged) properties.DefinitionBody = withMethod(mapOf(body), definition, path, method);
  }
  const auth = mapOf(given.Auth);
  if (!isSet(properties.DefinitionBody) || !isSet(auth.OverrideApiAuth)) return;
  if (!isSet(auth.Authorizer) && !isSet(auth.ApiKeyRequired) && !isSet(auth.ResourcePolicy))
    fail(words("OverrideApiAuth needs Authorizer, ApiKeyRequired or ResourcePolicy beside it."), "sam.event");
  const definition = properties.DefinitionBody;
  if (!isSwagger(definition))
    fail(words("DefinitionBody of {{api}} is no OpenAPI document that SAM can add to.", { api: api.id }), "sam.event");
  checkPaths(definition);
  applyAuth(context, { ...event, definition }, auth);
}

interface RoutePermission {
  readonly path: string;
  readonly method: string;
  readonly apiId: Json;
  readonly suffix: string;
}

function emitRoutePermission(context: SamContext, target: EventTarget, name: string, route: RoutePermission): void {
  const verb = route.method === "any" ? "*" : route.method.toUpperCase();
  const place = permissionPath(route.path, /\{([a-zA-Z0-9._-]+|[a-zA-Z0-9._-]+\+|proxy\+)\}/g);
  emitPermission(context, target, {
    prefix: target.resource.id + name,
    principal: "apigateway.amazonaws.com",
    suffix: route.suffix,
    properties: {
      SourceArn: sub(
        `arn:${context.partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${__ApiId__}/\${__Stage__}/${verb}${place}`,
        {
          __ApiId__: route.apiId,
          __Stage__: "*",
        },
      ),
    },
  });
}

function addLambdaIntegration(context: SamContext, target: EventTarget, settings: MethodEvent): void {
  const { definition, path, method, event, api } = settings;
  if (hasIntegration(definition, path, method))
    fail(words("the API method {{method}} is defined several times for the path {{path}}.", { method, path }), "sam.event");
  const auth = event.Auth ?? {};
  if (!isJsonObject(auth)) fail(words("{{property}} should be a map.", { property: "Auth" }), "sam.event");
  const apiAuth = isSet(api.Auth) ? api.Auth : {};
  if (!isJsonObject(apiAuth)) fail(words("Auth of the API should be a map."), "sam.event");
  const streams = event.ResponseTransferMode === "RESPONSE_STREAM";
  const condition = target.resource.passedOn.Condition;
  const credentials = iamCredentials(context, auth, apiAuth);
  const integration: JsonObject = {
    type: "aws_proxy",
    httpMethod: "POST",
    uri: conditional(condition, invocationUri(context.partition, target, streams)),
    ...(streams ? { responseTransferMode: "STREAM" } : {}),
    ...(credentials === undefined ? {} : { credentials }),
  };
  addIntegration(definition, { path, method }, { integration }, condition);
}

/** MergeDefinitions: what is generated for the method wins over what the user's document says of it; all else stays. */
function withMethod(written: JsonObject, generated: JsonObject, path: string, method: string): JsonObject {
  // AWS's transform has nowhere to put a route of a document without paths.
  if (!isSet(written.paths)) return written;
  const paths: JsonObject = { ...mapOf(written.paths) };
  const item = paths[path] ?? {};
  if (!isJsonObject(item)) fail(words("the path {{path}} of DefinitionBody should be a map.", { path }), "sam.event");
  const existing = item[method];
  if (isSet(existing) && !isJsonObject(existing))
    fail(words("{{method}} of the path {{path}} of DefinitionBody should be a map.", { method, path }), "sam.event");
  const own = mapOf(mapOf(pathsOf(generated)[path])[methodKey(method)]);
  paths[path] = { ...item, [method]: { ...mapOf(existing), ...own } };
  return { ...written, paths };
}
