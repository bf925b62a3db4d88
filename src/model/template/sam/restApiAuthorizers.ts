// Auth of a REST API: authorizers as security definitions, defaults on every method, API keys.
import type { Json, JsonObject } from "../../json.ts";
import { isJsonObject } from "../../json.ts";
import { emit, fail } from "./context.ts";
import type { SamContext, SamResource } from "./context.ts";
import { isSet, mapOf, ref, sub } from "./json.ts";
import { integratedMethods, pathsOf } from "./openApi.ts";
import { addCustomStatements, addResourcePolicy } from "./resourcePolicy.ts";
import { words } from "../../words.ts";

export const iamScheme: JsonObject = { type: "apiKey", name: "Authorization", in: "header", "x-amazon-apigateway-authtype": "awsSigv4" };
export const keyScheme: JsonObject = { type: "apiKey", name: "x-api-key", in: "header" };

const authProperties = [
  "Authorizers",
  "DefaultAuthorizer",
  "InvokeRole",
  "AddDefaultAuthorizerToCorsPreflight",
  "AddApiKeyRequiredToCorsPreflight",
  "ApiKeyRequired",
  "ResourcePolicy",
  "UsagePlan",
];

export function addAuth(context: SamContext, resource: SamResource, definition: JsonObject, auth: JsonObject): void {
  for (const name of Object.keys(auth))
    if (!authProperties.includes(name)) fail(words("{{owner}} has no property {{name}}.", { owner: "Auth", name }));
  const authorizers = checkedAuthorizers(auth.Authorizers);
  const defaultName = auth.DefaultAuthorizer;
  const schemes: JsonObject = {};
  if (defaultName === "AWS_IAM") schemes.AWS_IAM = { ...iamScheme };
  for (const [name, authorizer] of Object.entries(authorizers)) schemes[name] = authorizerScheme(context, name, mapOf(authorizer));
  if (Object.keys(schemes).length > 0) {
    definition.securityDefinitions = { ...mapOf(definition.securityDefinitions), ...schemes };
    if (isSet(defaultName)) setDefault(definition, defaultName, authorizers, auth.AddDefaultAuthorizerToCorsPreflight ?? true);
  }
  if (isSet(auth.ApiKeyRequired)) {
    addScheme(definition, "api_key", { ...keyScheme });
    setDefaultApiKey(definition, auth.AddApiKeyRequiredToCorsPreflight ?? true);
  }
  if (isSet(auth.ResourcePolicy)) {
    if (!isJsonObject(auth.ResourcePolicy)) fail(words("{{property}} should be a map.", { property: "ResourcePolicy" }));
    for (const path of Object.keys(pathsOf(definition)))
      addResourcePolicy(definition, auth.ResourcePolicy, path, resource.properties.StageName ?? null);
    addCustomStatements(definition, auth.ResourcePolicy.CustomStatements);
  }
}

/** Adds a security definition unless there is one of that name. */
export function addScheme(definition: JsonObject, name: string, scheme: JsonObject): void {
  const given = definition.securityDefinitions;
  if (isSet(given) && !isJsonObject(given))
    fail(words("{{property}} should be a map.", { property: "securityDefinitions" }), "sam.document");
  definition.securityDefinitions = { [name]: scheme, ...mapOf(given) };
}

function checkedAuthorizers(given: Json | undefined): JsonObject {
  if (!isSet(given)) return {};
  if (!isJsonObject(given)) fail(words("{{property}} should be a map.", { property: "Authorizers" }));
  for (const [name, authorizer] of Object.entries(given)) {
    if (!isJsonObject(authorizer)) fail(words("the authorizer {{name}} should be a map.", { name }));
    const { FunctionPayloadType: type, AuthorizationScopes: scopes, DisableFunctionDefaultPermissions: disabled } = authorizer;
    if (type !== undefined && type !== null && type !== "TOKEN" && type !== "REQUEST")
      fail(words("{{property}} of the authorizer {{name}} should be TOKEN or REQUEST.", { property: "FunctionPayloadType", name }));
    if (type === "REQUEST" && !hasIdentity(authorizer.Identity))
      fail(words("the authorizer {{name}} needs Identity with Headers, QueryStrings, StageVariables or Context.", { name }));
    if (scopes !== undefined && scopes !== null && !Array.isArray(scopes))
      fail(words("{{property}} of the authorizer {{name}} should be a list.", { property: "AuthorizationScopes", name }));
    if (disabled !== undefined && disabled !== null && typeof disabled !== "boolean")
      fail(
        words("{{property}} of the authorizer {{name}} should be true or false.", { property: "DisableFunctionDefaultPermissions", name }),
      );
  }
  return given;
}

/** An authorizer of requests needs something to tell callers apart by, unless its answers are not kept. */
function hasIdentity(given: Json | undefined): boolean {
  if (!isSet(given)) return false;
  if (!isJsonObject(given)) fail(words("Identity of an authorizer should be a map."));
  const seconds = given.ReauthorizeEvery;
  const isKept =
    !(typeof seconds === "number" || typeof seconds === "string" || typeof seconds === "boolean") ||
    seconds === "" ||
    !(Math.trunc(Number(seconds)) <= 0);
  return !isKept || ["Headers", "QueryStrings", "StageVariables", "Context"].some((name) => isSet(given[name]));
}

function authorizerScheme(context: SamContext, name: string, given: JsonObject): JsonObject {
  if (isSet(given.Identity) && !isJsonObject(given.Identity))
    fail(words("{{property}} of the authorizer {{name}} should be a map.", { property: "Identity", name }));
  const identity = mapOf(given.Identity);
  const isCognito = isSet(given.UserPoolArn);
  const isRequest = !isCognito && given.FunctionPayloadType === "REQUEST";
  const authorizer: JsonObject = {};
  if (isCognito) {
    authorizer.type = "cognito_user_pools";
    authorizer.providerARNs = Array.isArray(given.UserPoolArn) ? given.UserPoolArn : [given.UserPoolArn ?? null];
  } else {
    authorizer.type = isRequest ? "request" : "token";
    authorizer.authorizerUri = authorizerUri(context, given.FunctionArn ?? null);
    if (identity.ReauthorizeEvery !== undefined && identity.ReauthorizeEvery !== null)
      authorizer.authorizerResultTtlInSeconds = identity.ReauthorizeEvery;
    if (isSet(given.FunctionInvokeRole) && given.FunctionInvokeRole !== "NONE") authorizer.authorizerCredentials = given.FunctionInvokeRole;
    const source = isRequest ? identitySource(name, identity) : "";
    if (source !== "") authorizer.identitySource = source;
  }
  if (!isRequest && isSet(identity.ValidationExpression)) authorizer.identityValidationExpression = identity.ValidationExpression;
  return {
    type: "apiKey",
    name: isRequest ? "Unused" : isSet(identity.Header) ? identity.Header : "Authorization",
    in: "header",
    "x-amazon-apigateway-authtype": isCognito ? "cognito_user_pools" : "custom",
    "x-amazon-apigateway-authorizer": authorizer,
  };
}

export function authorizerUri(context: SamContext, functionArn: Json): JsonObject {
  return sub(`arn:${context.partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${__FunctionArn__}/invocations`, {
    __FunctionArn__: functionArn,
  });
}

const identityPrefixes: readonly (readonly [property: string, prefix: string])[] = [
  ["Headers", "method.request.header."],
  ["QueryStrings", "method.request.querystring."],
  ["StageVariables", "stageVariables."],
  ["Context", "context."],
];

function identitySource(name: string, identity: JsonObject): string {
  return identityPrefixes.flatMap(([property, prefix]) => namesOf(identity, property, name).map((each) => prefix + each)).join(", ");
}

export function namesOf(identity: JsonObject, property: string, authorizer: string): readonly string[] {
  const given = identity[property];
  if (!isSet(given)) return [];
  return (Array.isArray(given) ? given : [null]).map((each) =>
    typeof each === "string"
      ? each
      : fail(words("{{property}} of the authorizer {{authorizer}} should be a list of strings.", { property, authorizer })),
  );
}

export function emitAuthorizerPermissions(context: SamContext, resource: SamResource, auth: JsonObject): void {
  for (const [name, authorizer] of Object.entries(mapOf(auth.Authorizers))) {
    const given = mapOf(authorizer);
    if (!isSet(given.FunctionArn) || isSet(given.DisableFunctionDefaultPermissions)) continue;
    emitAuthorizerPermission(
      context,
      resource,
      { id: `${resource.id}${name}AuthorizerPermission`, partition: context.partition },
      given.FunctionArn,
    );
  }
}

export function emitAuthorizerPermission(
  context: SamContext,
  resource: SamResource,
  { id, partition }: { readonly id: string; readonly partition: string },
  functionArn: Json,
): void {
  emit(
    context,
    resource.id,
    id,
    "AWS::Lambda::Permission",
    {
      Action: "lambda:InvokeFunction",
      FunctionName: functionArn,
      Principal: "apigateway.amazonaws.com",
      SourceArn: sub(`arn:${partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${__ApiId__}/authorizers/*`, {
        __ApiId__: ref(resource.id),
      }),
    },
    resource.passedOn,
  );
}

function securityOf(method: JsonObject): readonly Json[] {
  if (method.security === undefined) return [];
  if (!Array.isArray(method.security) || method.security.some((each) => !isJsonObject(each)))
    fail(words("security of a method should be a list of maps."), "sam.document");
  return method.security;
}

function setDefault(definition: JsonObject, name: Json, authorizers: JsonObject, includesOptions: Json): void {
  if (typeof name !== "string") fail(words("{{property}} should be text.", { property: "DefaultAuthorizer" }));
  if (name !== "AWS_IAM" && !isSet(authorizers[name])) fail(words("DefaultAuthorizer {{name}} is not among the Authorizers.", { name }));
  const names = new Set(["AWS_IAM", ...Object.keys(authorizers)]);
  for (const [verb, method] of Object.values(pathsOf(definition)).flatMap(integratedMethods)) {
    if (verb === "options" && !isSet(includesOptions)) continue;
    const existing = securityOf(method);
    const isAuthorizer = (each: Json): boolean => Object.keys(mapOf(each)).some((key) => names.has(key));
    const others = existing.filter((each) => !isAuthorizer(each));
    const own = existing.filter(isAuthorizer);
    const none = others.findIndex((each) => Object.hasOwn(mapOf(each), "NONE"));
    const scopes = mapOf(authorizers[name]).AuthorizationScopes ?? [];
    const security = none >= 0 ? others.toSpliced(none, 1) : [...others, ...(own.length > 0 ? own : [{ [name]: structuredClone(scopes) }])];
    if (security.length === 0) continue;
    method.security = security;
    if (Object.hasOwn(mapOf(security[0]), "AWS_IAM")) addScheme(definition, "AWS_IAM", { ...iamScheme });
  }
}

function setDefaultApiKey(definition: JsonObject, includesOptions: Json): void {
  for (const [verb, method] of Object.values(pathsOf(definition)).flatMap(integratedMethods)) {
    const existing = securityOf(method);
    const isKey = (each: Json): boolean => Object.hasOwn(mapOf(each), "api_key") || Object.hasOwn(mapOf(each), "api_key_false");
    const others = existing.filter((each) => !isKey(each));
    const isRefused = existing.some((each) => Object.hasOwn(mapOf(each), "api_key_false"));
    const isOptional = isRefused || (verb === "options" && !isSet(includesOptions));
    const security = isOptional ? others : [...others, { api_key: [] }];
    if (security.length > 0 || existing.length > 0) method.security = security;
  }
}
