// HttpApi events: a route of an HTTP API that invokes the function.
import type { Json, JsonObject } from "../../../json.ts";
import { isJsonObject } from "../../../json.ts";
import { fail } from "../context.ts";
import type { SamContext } from "../context.ts";
import { listOf, mapOf, refId, sub } from "../json.ts";
import {
  addIntegration,
  alternatives,
  anyMethod,
  conditional,
  hasIntegration,
  integrationKey,
  invocationUri,
  isDefinition,
  methodsAt,
  permissionPath,
} from "../openApi.ts";
import { emitPermission } from "./permission.ts";
import type { EventTarget } from "./functionEvents.ts";

export function emitHttpApiEvent(context: SamContext, target: EventTarget, name: string, given: JsonObject): void {
  const path = typeof given.Path === "string" ? given.Path : "$default";
  const method = typeof given.Method === "string" ? given.Method : anyMethod;
  const apiId = refId(given.ApiId);
  const api = apiId === undefined ? undefined : context.resources[apiId];
  if (!isJsonObject(api)) fail("ApiId must reference an AWS::Serverless::HttpApi in the same template.", "sam.event");
  const properties = mapOf(api.Properties);
  const definition = isDefinition(properties.DefinitionBody) ? properties.DefinitionBody : undefined;
  emitRoutePermission(context, target, name, { apiId: given.ApiId ?? null, path, method, definition });
  if (definition === undefined) return;

  if (apiId !== undefined && context.managedApis.has(apiId) && hasIntegration(definition, path, method)) {
    fail(`the API method ${method} is defined several times for the path ${path}.`, "sam.event");
  }
  const condition = typeof target.resource.passedOn.Condition === "string" ? target.resource.passedOn.Condition : undefined;
  if (!hasIntegration(definition, path, method)) {
    const integration: JsonObject = {
      type: "aws_proxy",
      httpMethod: "POST",
      payloadFormatVersion: "2.0",
      uri: conditional(condition, invocationUri("${AWS::Partition}", target)),
    };
    addIntegration(
      definition,
      path,
      method,
      integration,
      condition,
      path === "$default" && method === anyMethod ? { isDefaultRoute: true } : {},
    );
  }
  const methods = methodsAt(definition, path, method);
  if (isJsonObject(given.Auth)) applyAuth(mapOf(properties.Auth), methods, given.Auth);
  for (const each of methods) {
    const integration = each[integrationKey];
    if (!isJsonObject(integration)) continue;
    if (given.TimeoutInMillis !== undefined) integration.timeoutInMillis = given.TimeoutInMillis;
    addPathParameters(each, path);
    if (given.PayloadFormatVersion !== undefined) integration.payloadFormatVersion = given.PayloadFormatVersion;
  }
  if (given.RouteSettings !== undefined) {
    const settings = mapOf(properties.RouteSettings);
    properties.RouteSettings = settings;
    const key =
      path === "$default"
        ? "$default"
        : `${method.toLowerCase() === anyMethod || method.toLowerCase() === "any" ? "ANY" : method.toUpperCase()} ${path}`;
    settings[key] = { ...mapOf(settings[key]), ...mapOf(given.RouteSettings) };
  }
}

interface Route {
  readonly apiId: Json;
  readonly path: string;
  readonly method: string;
  readonly definition: JsonObject | undefined;
}

function emitRoutePermission(context: SamContext, target: EventTarget, name: string, route: Route): void {
  let path = "";
  if (route.path !== "$default") {
    // The permission for this function's $default route covers its other routes too.
    if (route.definition && isDefaultOf(route.definition, target.logicalId)) return;
    path = permissionPath(route.path, /\{([a-zA-Z0-9._-]+|proxy\+)\}/g);
  }
  const lower = route.method.toLowerCase();
  // The default route written as a path stands for all methods by itself.
  const verb = route.path === "/$default" ? "" : lower === "any" || lower === anyMethod ? "*" : route.method.toUpperCase();
  if (route.path === "/$default") path = "$default";
  emitPermission(context, target, {
    prefix: target.resource.id + name,
    principal: "apigateway.amazonaws.com",
    properties: {
      SourceArn: sub(`arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${__ApiId__}/\${__Stage__}/${verb}${path}`, {
        __ApiId__: route.apiId,
        __Stage__: "*",
      }),
    },
  });
}

function isDefaultOf(definition: JsonObject, functionId: string): boolean {
  const methods = methodsAt(definition, "$default", anyMethod);
  if (methods.length === 0) return false;
  return methods.every((method) => {
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
function applyAuth(apiAuth: JsonObject, methods: readonly JsonObject[], auth: JsonObject): void {
  const name = auth.Authorizer ?? apiAuth.DefaultAuthorizer;
  if (typeof name !== "string") fail("Auth needs an Authorizer, unless the HttpApi has a DefaultAuthorizer.", "sam.event");
  const authorizers = mapOf(apiAuth.Authorizers);
  const isBuiltIn = name === "NONE" || (name === "AWS_IAM" && apiAuth.EnableIamAuthorizer === true);
  if (name === "NONE" && apiAuth.DefaultAuthorizer === undefined)
    fail("the Authorizer NONE makes sense only when the API has a DefaultAuthorizer.", "sam.event");
  if (!isBuiltIn && authorizers[name] === undefined) fail(`the Authorizer ${name} is not among the API's Authorizers.`, "sam.event");
  const own = listOf(auth.AuthorizationScopes);
  // Neither of the two words takes scopes, even where a user's authorizer bears the name.
  const scopes = isBuiltIn || name === "AWS_IAM" ? [] : own.length > 0 ? own : listOf(mapOf(authorizers[name]).AuthorizationScopes);
  for (const method of methods) method.security = [...listOf(method.security), { [name]: [...scopes] }];
}
