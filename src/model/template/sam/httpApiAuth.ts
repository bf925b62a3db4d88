// Auth of an HTTP API: JWT, Lambda and IAM authorizers as security schemes, and the default on every route.
import type { Json, JsonObject } from "../../json.ts";
import { isJsonObject } from "../../json.ts";
import { fail } from "./context.ts";
import type { SamContext, SamResource } from "./context.ts";
import { isNoValue, isSet, mapOf, setOnly } from "./json.ts";
import { checkPaths, integratedMethods, pathsOf } from "./openApi.ts";
import { authorizerUri, emitAuthorizerPermission, iamScheme, namesOf } from "./restApiAuthorizers.ts";
import { words } from "../../words.ts";

const authProperties = ["Authorizers", "DefaultAuthorizer", "EnableIamAuthorizer"];

export function addHttpAuth(context: SamContext, definition: JsonObject, auth: JsonObject): void {
  for (const name of Object.keys(auth))
    if (!authProperties.includes(name)) fail(words("{{owner}} has no property {{name}}.", { owner: "Auth", name }));
  const authorizers = isSet(auth.Authorizers) ? auth.Authorizers : {};
  if (!isJsonObject(authorizers)) fail(words("{{property}} should be a map.", { property: "Authorizers" }));
  const schemes: JsonObject = {};
  if (auth.EnableIamAuthorizer === true) schemes.AWS_IAM = { ...iamScheme };
  for (const [name, authorizer] of Object.entries(authorizers)) schemes[name] = scheme(context, name, authorizer);
  if (Object.keys(schemes).length > 0) {
    const components = mapOf(definition.components);
    definition.components = { ...components, securitySchemes: { ...mapOf(components.securitySchemes), ...schemes } };
  }
  const name = auth.DefaultAuthorizer;
  if (!isSet(name) || isNoValue(name)) return;
  if (typeof name !== "string") fail(words("{{property}} should be text.", { property: "DefaultAuthorizer" }));
  if (schemes[name] === undefined) fail(words("DefaultAuthorizer {{name}} is not among the Authorizers.", { name }));
  checkPaths(definition);
  setDefault(definition, name, mapOf(authorizers[name]).AuthorizationScopes ?? []);
}

/** What each property of an authorizer is for. */
const kindOf: Readonly<Record<string, "JWT" | "Lambda">> = {
  AuthorizationScopes: "JWT",
  JwtConfiguration: "JWT",
  IdentitySource: "JWT",
  FunctionArn: "Lambda",
  FunctionInvokeRole: "Lambda",
  Identity: "Lambda",
  AuthorizerPayloadFormatVersion: "Lambda",
  EnableSimpleResponses: "Lambda",
  EnableFunctionDefaultPermissions: "Lambda",
};

function scheme(context: SamContext, name: string, given: Json): JsonObject {
  if (!isJsonObject(given)) fail(words("the authorizer {{name}} should be a map.", { name }));
  if (given.OpenIdConnectUrl !== undefined)
    fail(words("the authorizer {{name}} has OpenIdConnectUrl, which SAM supports no more.", { name }));
  const kind = isSet(given.JwtConfiguration) ? "JWT" : "Lambda";
  const { AuthorizationScopes: scopes } = given;
  if (scopes !== undefined && scopes !== null && !Array.isArray(scopes))
    fail(words("{{property}} of the authorizer {{name}} should be a list.", { property: "AuthorizationScopes", name }));
  for (const [property, owner] of Object.entries(kindOf)) {
    const value = property === "JwtConfiguration" ? setOnly(given[property]) : given[property];
    if (value !== undefined && value !== null && owner !== kind)
      fail(words("the authorizer {{name}} has {{property}}, which is for {{owner}} authorizers only.", { name, property, owner }));
  }
  return kind === "JWT" ? jwtScheme(name, given) : lambdaScheme(context, name, given);
}

function jwtScheme(name: string, given: JsonObject): JsonObject {
  if (!isJsonObject(given.JwtConfiguration))
    fail(words("{{property}} of the authorizer {{name}} should be a map.", { property: "JwtConfiguration", name }));
  if (!isSet(given.IdentitySource)) fail(words("the authorizer {{name}} needs IdentitySource.", { name }));
  const configuration = Object.fromEntries(Object.entries(given.JwtConfiguration).map(([key, value]) => [key.toLowerCase(), value]));
  return {
    type: "oauth2",
    "x-amazon-apigateway-authorizer": { type: "jwt", jwtConfiguration: configuration, identitySource: given.IdentitySource },
  };
}

function lambdaScheme(context: SamContext, name: string, given: JsonObject): JsonObject {
  if (!isSet(given.FunctionArn)) fail(words("the authorizer {{name}} needs JwtConfiguration or FunctionArn.", { name }));
  if (!isSet(given.AuthorizerPayloadFormatVersion)) fail(words("the authorizer {{name}} needs AuthorizerPayloadFormatVersion.", { name }));
  const permits = given.EnableFunctionDefaultPermissions;
  if (permits !== undefined && permits !== null && typeof permits !== "boolean")
    fail(words("{{property}} of the authorizer {{name}} should be true or false.", { property: "EnableFunctionDefaultPermissions", name }));
  const authorizer: JsonObject = {
    type: "request",
    authorizerUri: authorizerUri(context, given.FunctionArn),
    authorizerPayloadFormatVersion: given.AuthorizerPayloadFormatVersion,
  };
  if (isSet(given.FunctionInvokeRole) && given.FunctionInvokeRole !== "NONE") authorizer.authorizerCredentials = given.FunctionInvokeRole;
  if (isSet(given.Identity)) {
    if (!isJsonObject(given.Identity))
      fail(words("{{property}} of the authorizer {{name}} should be a map.", { property: "Identity", name }));
    const seconds = given.Identity.ReauthorizeEvery;
    if (seconds !== undefined && seconds !== null) authorizer.authorizerResultTtlInSeconds = seconds;
    authorizer.identitySource = identitySource(given.Identity, name);
  }
  if (isSet(given.EnableSimpleResponses)) authorizer.enableSimpleResponses = given.EnableSimpleResponses;
  return { type: "apiKey", name: "Unused", in: "header", "x-amazon-apigateway-authorizer": authorizer };
}

const identityPrefixes: readonly (readonly [property: string, prefix: string])[] = [
  ["Headers", "$request.header."],
  ["QueryStrings", "$request.querystring."],
  ["StageVariables", "$stageVariables."],
  ["Context", "$context."],
];

function identitySource(identity: JsonObject, name: string): string[] {
  return identityPrefixes.flatMap(([property, prefix]) => namesOf(identity, property, name).map((each) => prefix + each));
}

function setDefault(definition: JsonObject, name: string, scopes: Json): void {
  for (const [verb, method] of Object.values(pathsOf(definition)).flatMap(integratedMethods)) {
    if (verb === "options" || isSet(method.security)) continue;
    method.security = [{ [name]: structuredClone(scopes) }];
  }
}

export function emitHttpAuthorizerPermissions(context: SamContext, resource: SamResource, auth: JsonObject): void {
  for (const [name, authorizer] of Object.entries(mapOf(auth.Authorizers))) {
    const given = mapOf(authorizer);
    if (!isSet(given.FunctionArn) || given.EnableFunctionDefaultPermissions !== true) continue;
    const permission = { id: `${resource.id}${name}AuthorizerPermission`, partition: "${AWS::Partition}" };
    emitAuthorizerPermission(context, resource, permission, given.FunctionArn);
  }
}
