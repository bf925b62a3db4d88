// Auth of a REST API: authorizers as security definitions, defaults on every method, API keys.
import type { Json, JsonObject } from "../../json.ts";
import { isJsonObject } from "../../json.ts";
import { emit, fail } from "./context.ts";
import type { SamContext, SamResource } from "./context.ts";
import { listOf, mapOf, ref, sub } from "./json.ts";
import { alternatives, integrationKey, methodKey, pathsOf } from "./openApi.ts";
import { addCustomStatements, addResourcePolicy } from "./resourcePolicy.ts";

export const iamScheme: JsonObject = { type: "apiKey", name: "Authorization", in: "header", "x-amazon-apigateway-authtype": "awsSigv4" };

export function addAuth(context: SamContext, resource: SamResource, definition: JsonObject, auth: JsonObject): void {
  const authorizers = mapOf(auth.Authorizers);
  const defaultName = auth.DefaultAuthorizer;
  const schemes: JsonObject = {};
  if (defaultName === "AWS_IAM") schemes.AWS_IAM = { ...iamScheme };
  for (const [name, authorizer] of Object.entries(authorizers)) schemes[name] = authorizerScheme(context, mapOf(authorizer));
  if (Object.keys(schemes).length > 0) {
    definition.securityDefinitions = { ...mapOf(definition.securityDefinitions), ...schemes };
    if (typeof defaultName === "string") {
      if (schemes[defaultName] === undefined) fail(`DefaultAuthorizer ${defaultName} is not among the Authorizers.`);
      setDefault(definition, defaultName, authorizers, auth.AddDefaultAuthorizerToCorsPreflight !== false);
    }
  }
  if (auth.ApiKeyRequired === true || auth.ApiKeyRequired === "true") {
    addScheme(definition, "api_key", { type: "apiKey", name: "x-api-key", in: "header" });
    setDefaultApiKey(definition, auth.AddApiKeyRequiredToCorsPreflight !== false);
  }
  if (isJsonObject(auth.ResourcePolicy)) {
    for (const path of Object.keys(pathsOf(definition)))
      addResourcePolicy(definition, auth.ResourcePolicy, path, resource.properties.StageName ?? null);
    addCustomStatements(definition, auth.ResourcePolicy.CustomStatements);
  }
  emitAuthorizerPermissions(context, resource, authorizers);
}

export function addScheme(definition: JsonObject, name: string, scheme: JsonObject): void {
  definition.securityDefinitions = { [name]: scheme, ...mapOf(definition.securityDefinitions) };
}

function authorizerScheme(context: SamContext, given: JsonObject): JsonObject {
  const identity = mapOf(given.Identity);
  const isCognito = given.UserPoolArn !== undefined;
  const isRequest = !isCognito && given.FunctionPayloadType === "REQUEST";
  const header = typeof identity.Header === "string" ? identity.Header : "Authorization";
  const authorizer: JsonObject = {};
  if (isCognito) {
    authorizer.type = "cognito_user_pools";
    authorizer.providerARNs = [...listOf(given.UserPoolArn)];
  } else {
    authorizer.type = isRequest ? "request" : "token";
    authorizer.authorizerUri = authorizerUri(context, given.FunctionArn ?? null);
    if (identity.ReauthorizeEvery !== undefined && identity.ReauthorizeEvery !== null)
      authorizer.authorizerResultTtlInSeconds = identity.ReauthorizeEvery;
    if (given.FunctionInvokeRole !== undefined && given.FunctionInvokeRole !== null && given.FunctionInvokeRole !== "NONE")
      authorizer.authorizerCredentials = given.FunctionInvokeRole;
    const source = isRequest ? identitySource(identity) : "";
    if (source !== "") authorizer.identitySource = source;
  }
  if (!isRequest && identity.ValidationExpression !== undefined) authorizer.identityValidationExpression = identity.ValidationExpression;
  return {
    type: "apiKey",
    name: isRequest ? "Unused" : header,
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

function identitySource(identity: JsonObject): string {
  const parts: readonly (readonly [list: Json | undefined, prefix: string])[] = [
    [identity.Headers, "method.request.header."],
    [identity.QueryStrings, "method.request.querystring."],
    [identity.StageVariables, "stageVariables."],
    [identity.Context, "context."],
  ];
  return parts.flatMap(([list, prefix]) => listOf(list).map((name) => prefix + String(name))).join(", ");
}

function emitAuthorizerPermissions(context: SamContext, resource: SamResource, authorizers: JsonObject): void {
  for (const [name, authorizer] of Object.entries(authorizers)) {
    const given = mapOf(authorizer);
    if (given.FunctionArn === undefined || given.UserPoolArn !== undefined || given.DisableFunctionDefaultPermissions === true) continue;
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

/** Methods with an integration, through conditions; `parameters` and the like are no methods. */
function eachMethod(definition: JsonObject, includesOptions: boolean): readonly JsonObject[] {
  return Object.values(pathsOf(definition)).flatMap((path) =>
    alternatives(path).flatMap((item) =>
      Object.entries(item).flatMap(([name, method]) =>
        name === "parameters" || (methodKey(name) === "options" && !includesOptions)
          ? []
          : alternatives(method).filter((each) => each[integrationKey] !== undefined),
      ),
    ),
  );
}

function setDefault(definition: JsonObject, name: string, authorizers: JsonObject, includesOptions: boolean): void {
  const names = new Set(["AWS_IAM", ...Object.keys(authorizers), name]);
  for (const method of eachMethod(definition, includesOptions)) {
    const existing = listOf(method.security);
    const isAuthorizer = (each: Json): boolean => Object.keys(mapOf(each)).some((key) => names.has(key));
    const others = existing.filter((each) => !isAuthorizer(each));
    const own = existing.filter(isAuthorizer);
    const none = others.findIndex((each) => Object.hasOwn(mapOf(each), "NONE"));
    let security: Json[];
    if (none >= 0) security = others.toSpliced(none, 1);
    else if (own.length > 0) security = [...others, ...own];
    else security = [...others, { [name]: [...listOf(mapOf(authorizers[name]).AuthorizationScopes)] }];
    if (security.length === 0) continue;
    method.security = security;
    if (Object.hasOwn(mapOf(security[0]), "AWS_IAM")) addScheme(definition, "AWS_IAM", { ...iamScheme });
  }
}

function setDefaultApiKey(definition: JsonObject, includesOptions: boolean): void {
  for (const method of eachMethod(definition, includesOptions)) {
    const existing = listOf(method.security);
    const isKey = (each: Json): boolean => Object.hasOwn(mapOf(each), "api_key") || Object.hasOwn(mapOf(each), "api_key_false");
    const others = existing.filter((each) => !isKey(each));
    const isRefused = existing.some((each) => Object.hasOwn(mapOf(each), "api_key_false"));
    method.security = isRefused ? others : [...others, { api_key: [] }];
  }
}
