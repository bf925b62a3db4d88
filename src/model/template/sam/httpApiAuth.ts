// Auth of an HTTP API: JWT, Lambda and IAM authorizers as security schemes, and the default on every route.
import type { Json, JsonObject } from "../../json.ts";
import { emit, fail } from "./context.ts";
import type { SamContext, SamResource } from "./context.ts";
import { listOf, mapOf, ref, sub } from "./json.ts";
import { alternatives, integrationKey, pathsOf } from "./openApi.ts";
import { authorizerUri, iamScheme } from "./restApiAuthorizers.ts";

export function addHttpAuth(context: SamContext, resource: SamResource, definition: JsonObject, auth: JsonObject): void {
  const authorizers = mapOf(auth.Authorizers);
  const schemes: JsonObject = {};
  if (auth.EnableIamAuthorizer === true) schemes.AWS_IAM = { ...iamScheme };
  for (const [name, authorizer] of Object.entries(authorizers)) schemes[name] = scheme(context, name, mapOf(authorizer));
  if (Object.keys(schemes).length > 0) {
    const components = mapOf(definition.components);
    definition.components = { ...components, securitySchemes: { ...mapOf(components.securitySchemes), ...schemes } };
  }
  const name = auth.DefaultAuthorizer;
  if (typeof name === "string") {
    if (schemes[name] === undefined) fail(`DefaultAuthorizer ${name} is not among the Authorizers.`);
    setDefault(definition, name, listOf(mapOf(authorizers[name]).AuthorizationScopes));
  }
  emitPermissions(context, resource, authorizers);
}

function scheme(context: SamContext, name: string, given: JsonObject): JsonObject {
  if (given.JwtConfiguration !== undefined) {
    const jwt = mapOf(given.JwtConfiguration);
    const configuration: JsonObject = Object.fromEntries(
      Object.entries(jwt).map(([key, value]) => [key.slice(0, 1).toLowerCase() + key.slice(1), value]),
    );
    return {
      type: "oauth2",
      "x-amazon-apigateway-authorizer": {
        type: "jwt",
        jwtConfiguration: configuration,
        ...(given.IdentitySource === undefined ? {} : { identitySource: given.IdentitySource }),
      },
    };
  }
  if (given.FunctionArn === undefined) fail(`the authorizer ${name} needs JwtConfiguration or FunctionArn.`);
  const identity = mapOf(given.Identity);
  const source = identitySource(identity);
  const authorizer: JsonObject = {
    type: "request",
    authorizerUri: authorizerUri(context, given.FunctionArn),
    authorizerPayloadFormatVersion: given.AuthorizerPayloadFormatVersion ?? null,
  };
  if (given.AuthorizerPayloadFormatVersion === undefined) fail(`the Lambda authorizer ${name} needs AuthorizerPayloadFormatVersion.`);
  if (source.length > 0) authorizer.identitySource = source;
  if (given.FunctionInvokeRole !== undefined && given.FunctionInvokeRole !== null && given.FunctionInvokeRole !== "NONE")
    authorizer.authorizerCredentials = given.FunctionInvokeRole;
  if (identity.ReauthorizeEvery !== undefined) authorizer.authorizerResultTtlInSeconds = identity.ReauthorizeEvery;
  if (given.EnableSimpleResponses !== undefined && given.EnableSimpleResponses !== false)
    authorizer.enableSimpleResponses = given.EnableSimpleResponses;
  return { type: "apiKey", name: "Unused", in: "header", "x-amazon-apigateway-authorizer": authorizer };
}

function identitySource(identity: JsonObject): string[] {
  const parts: readonly (readonly [list: Json | undefined, prefix: string])[] = [
    [identity.Headers, "$request.header."],
    [identity.QueryStrings, "$request.querystring."],
    [identity.StageVariables, "$stageVariables."],
    [identity.Context, "$context."],
  ];
  return parts.flatMap(([list, prefix]) => listOf(list).map((name) => prefix + String(name)));
}

function setDefault(definition: JsonObject, name: string, scopes: readonly Json[]): void {
  for (const path of Object.values(pathsOf(definition))) {
    for (const item of alternatives(path)) {
      for (const [verb, method] of Object.entries(item)) {
        if (verb === "parameters" || verb.toLowerCase() === "options") continue;
        for (const each of alternatives(method)) {
          if (each[integrationKey] === undefined || listOf(each.security).length > 0) continue;
          each.security = [{ [name]: [...scopes] }];
        }
      }
    }
  }
}

function emitPermissions(context: SamContext, resource: SamResource, authorizers: JsonObject): void {
  for (const [name, authorizer] of Object.entries(authorizers)) {
    const given = mapOf(authorizer);
    if (given.FunctionArn === undefined || given.EnableFunctionDefaultPermissions !== true) continue;
    emit(
      context,
      resource.id,
      `${resource.id}${name}AuthorizerPermission`,
      "AWS::Lambda::Permission",
      {
        Action: "lambda:InvokeFunction",
        FunctionName: given.FunctionArn,
        Principal: "apigateway.amazonaws.com",
        SourceArn: sub(`arn:${context.partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${__ApiId__}/authorizers/*`, {
          __ApiId__: ref(resource.id),
        }),
      },
      resource.passedOn,
    );
  }
}
