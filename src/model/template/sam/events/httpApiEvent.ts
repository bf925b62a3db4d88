// HttpApi events: a route of an HTTP API that invokes the function.
import type { Json, JsonObject } from "../../../json.ts";
import { isJsonObject } from "../../../json.ts";
import { fail } from "../context.ts";
import type { SamContext } from "../context.ts";
import { isSet, listOf, mapOf, refId, sub } from "../json.ts";
import {
  addIntegration,
  alternatives,
  anyMethod,
  conditional,
  hasIntegration,
  integratedMethodsAt,
  integrationKey,
  invocationUri,
  isOpenApi3,
  methodKey,
  methodsAt,
  permissionPath,
} from "../openApi.ts";
import type { EventTarget } from "./functionEvents.ts";
import { emitPermission } from "./permission.ts";
import { words } from "../../../words.ts";

export function emitHttpApiEvent(context: SamContext, target: EventTarget, name: string, given: JsonObject): void {
  const { Path: path, Method: written } = given;
  if (typeof path !== "string" || typeof written !== "string") fail(words("Path and Method should be text."), "sam.event");
  const method = written.toLowerCase();
  const apiId = refId(given.ApiId);
  const api = apiId !== undefined && Object.hasOwn(context.resources, apiId) ? context.resources[apiId] : undefined;
  if (apiId === undefined || !isJsonObject(api)) fail(words("ApiId must reference an API in the same template."), "sam.event");
  const properties = mapOf(api.Properties);
  const body = isSet(properties.DefinitionBody) ? properties.DefinitionBody : undefined;
  if (body !== undefined && !isOpenApi3(body)) {
    // What another transform puts in its place is there before SAM sees it.
    const isInclude = Object.hasOwn(mapOf(body), "Fn::Transform") && context.options.localCode === "keep";
    if (!isInclude) fail(words("DefinitionBody of {{apiId}} is no OpenAPI 3 document with openapi and paths.", { apiId }), "sam.event");
  }
  const definition = isOpenApi3(body) ? body : undefined;
  emitRoutePermission(context, target, name, { apiId: given.ApiId ?? null, path, method, definition });
  if (definition === undefined) return;

  if (context.managedApis.has(apiId) && hasIntegration(definition, path, method)) {
    fail(words("the API method {{method}} is defined several times for the path {{path}}.", { method, path }), "sam.event");
  }
  if (!hasIntegration(definition, path, method)) {
    const condition = target.resource.passedOn.Condition;
    const uri = conditional(condition, invocationUri("${AWS::Partition}", target));
    const integration: JsonObject = { type: "aws_proxy", httpMethod: "POST", payloadFormatVersion: "2.0", uri };
    const others: JsonObject = path === "$default" && methodKey(method) === anyMethod ? { isDefaultRoute: true } : {};
    addIntegration(definition, { path, method }, { integration, others }, condition);
  }
  const methods = integratedMethodsAt(definition, path, method);
  if (isSet(given.Auth)) applyAuth(properties.Auth, methods, mapOf(given.Auth));
  for (const each of methods) {
    const integration = mapOf(each[integrationKey]);
    if (isSet(given.TimeoutInMillis)) integration.timeoutInMillis = given.TimeoutInMillis;
    addPathParameters(each, path);
    if (isSet(given.PayloadFormatVersion)) integration.payloadFormatVersion = given.PayloadFormatVersion;
  }
}

interface Route {
  readonly apiId: Json;
  readonly path: string;
  readonly method: string;
  readonly definition: JsonObject | undefined;
}

function emitRoutePermission(context: SamContext, target: EventTarget, name: string, route: Route): void {
  let path = route.path.replace(/^(.+)\/$/, "$1");
  if (path === "$default") path = "";
  // The permission for this function's $default route covers its other routes too.
  else if (route.definition && isDefaultOf(route.definition, target.logicalId)) return;
  path = permissionPath(path, /\{([a-zA-Z0-9._-]+|proxy\+)\}/g);
  const verb = route.method === "any" || route.method === anyMethod ? "*" : route.method.toUpperCase();
  // The default route written as a path stands for all methods by itself.
  const place = route.method === "any" && path === "/$default" ? path : `/${verb}${path}`;
  emitPermission(context, target, {
    prefix: target.resource.id + name,
    principal: "apigateway.amazonaws.com",
    properties: {
      SourceArn: sub(`arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${__ApiId__}/\${__Stage__}${place}`, {
        __ApiId__: route.apiId,
        __Stage__: "*",
      }),
    },
  });
}

function isDefaultOf(definition: JsonObject, functionId: string): boolean {
  if (!hasIntegration(definition, "$default", anyMethod)) return false;
  return methodsAt(definition, "$default", anyMethod).every((method) => {
    const uris = alternatives(mapOf(method[integrationKey]).uri);
    return uris.length > 0 && uris.every((uri) => typeof uri["Fn::Sub"] === "string" && uri["Fn::Sub"].includes(`\${${functionId}.Arn}`));
  });
}

function addPathParameters(method: JsonObject, path: string): void {
  for (const match of path.matchAll(/\{(.*?)\}/g)) {
    const name = match[1] ?? "";
    const parameters = listOf(method.parameters);
    const existing = parameters.find((each) => mapOf(each).name === name);
    if (isJsonObject(existing)) Object.assign(existing, { in: "path", required: true });
    else method.parameters = [...parameters, { name, in: "path", required: true }];
  }
}

/** An event's own authorizer, or the API's default with the event's scopes. */
function applyAuth(given: Json | undefined, methods: readonly JsonObject[], auth: JsonObject): void {
  if (given !== undefined && !isJsonObject(given)) fail(words("Auth of the HttpApi should be a map."), "sam.event");
  const apiAuth = mapOf(given);
  const name = isSet(auth.Authorizer) ? auth.Authorizer : apiAuth.DefaultAuthorizer;
  if (typeof name !== "string" || name === "")
    fail(words("Auth needs an Authorizer, unless the HttpApi has a DefaultAuthorizer."), "sam.event");
  const authorizers = mapOf(apiAuth.Authorizers);
  const isBuiltIn = name === "NONE" || (name === "AWS_IAM" && apiAuth.EnableIamAuthorizer === true);
  if (name === "NONE" && !isSet(apiAuth.DefaultAuthorizer))
    fail(words("the Authorizer NONE makes sense only when the API has a DefaultAuthorizer."), "sam.event");
  if (!isBuiltIn && !isSet(authorizers[name]))
    fail(words("the Authorizer {{name}} is not among the API's Authorizers.", { name }), "sam.event");
  const own = auth.AuthorizationScopes;
  if (isSet(own) && !Array.isArray(own)) fail(words("{{property}} should be a list.", { property: "AuthorizationScopes" }), "sam.event");
  // Neither of the two words takes scopes, even where a user's authorizer bears the name.
  const scopes = isBuiltIn || name === "AWS_IAM" ? undefined : isSet(own) ? own : mapOf(authorizers[name]).AuthorizationScopes;
  for (const method of methods) {
    if (method.security !== undefined && !Array.isArray(method.security))
      fail(words("security of a method should be a list."), "sam.document");
    method.security = [...listOf(method.security), { [name]: isSet(scopes) ? structuredClone(scopes) : [] }];
  }
}
