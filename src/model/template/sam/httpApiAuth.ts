// Auth of an HTTP API: JWT, Lambda and IAM authorizers as security schemes, and the default on every route.
import type { Json, JsonObject } from "../../json.ts";
import { isJsonObject } from "../../json.ts";
import { fail } from "./context.ts";
import type { SamContext, SamResource } from "./context.ts";
import { isNoValue, isSet, mapOf, setOnly } from "./json.ts";
import { checkPaths, integratedMethods, pathsOf } from "./openApi.ts";
import { authorizerUri, emitAuthorizerPermission, iamScheme, namesOf } from "./restApiAuthorizers.ts";

const authProperties = ["Authorizers", "DefaultAuthorizer", "EnableIamAuthorizer"];

export function addHttpAuth(context: SamContext, definition: JsonObject, auth: JsonObject): void {
  for (const name of Object.keys(auth)) if (!authProperties.includes(name)) fail(`Auth has no property ${name}.`);
  const authorizers = isSet(auth.Authorizers) ? auth.Authorizers : {};
  if (!isJsonObject(authorizers)) fail("Authorizers should be a map.");
  const schemes: JsonObject = {};
  if (auth.EnableIamAuthorizer === true) schemes.AWS_IAM = { ...iamScheme };
  for (const [name, authorizer] of Object.entries(authorizers)) schemes[name] = scheme(context, name, authorizer);
  if (Object.keys(schemes).length > 0) {
    const components = mapOf(definition.components);
    definition.components = { ...components, securitySchemes: { ...mapOf(components.securitySchemes), ...schemes } };
  }
  const name = auth.DefaultAuthorizer;
  if (!isSet(name) || isNoValue(name)) return;
  if (typeof name !== "string") fail("DefaultAuthorizer should be text.");
  if (schemes[name] === undefined) fail(`DefaultAuthorizer ${name} is not among the Authorizers.`);
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
  if (!isJsonObject(given)) fail(`the authorizer ${name} should be a map.`);
  if (given.OpenIdConnectUrl !== undefined) fail(`the authorizer ${name} has OpenIdConnectUrl, which SAM supports no more.`);
  const kind = isSet(given.JwtConfiguration) ? "JWT" : "Lambda";
  const { AuthorizationScopes: scopes } = given;
  if (scopes !== undefined && scopes !== null && !Array.isArray(scopes))
    fail(`AuthorizationScopes of the authorizer ${name} should be a list.`);
  for (const [property, owner] of Object.entries(kindOf)) {
    const value = property === "JwtConfiguration" ? setOnly(given[property]) : given[property];
    if (value !== undefined && value !== null && owner !== kind)
      fail(`the authorizer ${name} has ${property}, which is for ${owner} authorizers only.`);
  }
  return kind === "JWT" ? jwtScheme(name, given) : lambdaScheme(context, name, given);
}

function jwtScheme(name: string, given: JsonObject): JsonObject {
  if (!isJsonObject(given.JwtConfiguration)) fail(`JwtConfiguration of the authorizer ${name} should be a map.`);
  if (!isSet(given.IdentitySource)) fail(`the authorizer ${name} needs IdentitySource.`);
  const configuration = Object.fromEntries(Object.entries(given.JwtConfiguration).map(([key, value]) => [key.toLowerCase(), value]));
  return {
    type: "oauth2",
    "x-amazon-apigateway-authorizer": { type: "jwt", jwtConfiguration: configuration, identitySource: given.IdentitySource },
  };
}

function lambdaScheme(context: SamContext, name: string, given: JsonObject): JsonObject {
  if (!isSet(given.FunctionArn)) fail(`the authorizer ${name} needs JwtConfiguration or FunctionArn.`);
  if (!isSet(given.AuthorizerPayloadFormatVersion)) fail(`the authorizer ${name} needs AuthorizerPayloadFormatVersion.`);
  const permits = given.EnableFunctionDefaultPermissions;
  if (permits !== undefined && permits !== null && typeof permits !== "boolean")
    fail(`EnableFunctionDefaultPermissions of the authorizer ${name} should be true or false.`);
  const authorizer: JsonObject = {
    type: "request",
    authorizerUri: authorizerUri(context, given.FunctionArn),
    authorizerPayloadFormatVersion: given.AuthorizerPayloadFormatVersion,
  };
  if (isSet(given.FunctionInvokeRole) && given.FunctionInvokeRole !== "NONE") authorizer.authorizerCredentials = given.FunctionInvokeRole;
  if (isSet(given.Identity)) {
    if (!isJsonObject(given.Identity)) fail(`Identity of the authorizer ${name} should be a map.`);
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
