// What an Api event's properties do to its method in the document: authorizer, API key, models, parameters.
import type { Json, JsonObject } from "../../json.ts";
import { isJsonObject } from "../../json.ts";
import { fail, resolveParameters } from "./context.ts";
import type { SamContext } from "./context.ts";
import { listOf, mapOf } from "./json.ts";
import { integrationKey, methodsAt } from "./openApi.ts";
import { addCustomStatements, addResourcePolicy } from "./resourcePolicy.ts";
import { addScheme, iamScheme } from "./restApiAuthorizers.ts";

interface MethodEvent {
  /** Properties of the API. */
  readonly api: JsonObject;
  readonly definition: JsonObject;
  readonly path: string;
  readonly method: string;
  readonly stage: string;
  readonly auth: JsonObject | undefined;
  readonly event: JsonObject;
}

/** With IAM authorization API Gateway calls the function as the caller, unless InvokeRole says otherwise. */
export function iamCredentials(auth: JsonObject | undefined, apiAuth: JsonObject): Json | undefined {
  const isIam =
    auth?.Authorizer === "AWS_IAM" || (apiAuth.DefaultAuthorizer === "AWS_IAM" && (auth === undefined || Object.keys(auth).length === 0));
  if (!isIam) return undefined;
  const role = roleOf(auth ?? {}) ?? roleOf(apiAuth);
  if (role === "NONE") return undefined;
  return role === undefined || role === "CALLER_CREDENTIALS" ? "arn:aws:iam::*:user/*" : role;
}

function roleOf(auth: JsonObject): Json | undefined {
  if (!Object.hasOwn(auth, "InvokeRole")) return undefined;
  return auth.InvokeRole ?? "NONE";
}

export function applyMethodSettings(context: SamContext, event: MethodEvent): void {
  if (event.auth) applyAuth(context, event, event.auth);
  if (isJsonObject(event.event.RequestModel)) applyRequestModel(event, event.event.RequestModel);
  if (event.event.RequestParameters !== undefined) applyRequestParameters(event);
}

/** Only the authorizer and API key: also for documents that the user wrote, when the event overrides their auth. */
export function applyAuth(context: SamContext, event: MethodEvent, auth: JsonObject): void {
  const apiAuth = mapOf(resolveParameters(context, event.api.Auth ?? {}));
  const authorizers = mapOf(apiAuth.Authorizers);
  const name = auth.Authorizer;
  if (typeof name === "string") {
    const place = `on API method ${event.method} for path ${event.path}`;
    if (name === "NONE" && apiAuth.DefaultAuthorizer === undefined)
      fail(`the Authorizer NONE ${place} makes sense only when the API has a DefaultAuthorizer.`, "sam.event");
    if (name !== "NONE" && name !== "AWS_IAM" && authorizers[name] === undefined)
      fail(`the Authorizer ${name} ${place} is not among the API's Authorizers.`, "sam.event");
    const scopes = auth.AuthorizationScopes ?? mapOf(authorizers[name]).AuthorizationScopes;
    for (const method of methods(event)) {
      const security = [...listOf(method.security), { [name]: name === "NONE" ? [] : [...listOf(scopes)] }];
      method.security = security;
      if (Object.hasOwn(mapOf(security[0]), "AWS_IAM")) addScheme(event.definition, "AWS_IAM", { ...iamScheme });
    }
  }
  if (typeof auth.ApiKeyRequired === "boolean") {
    for (const method of methods(event))
      method.security = [...listOf(method.security), { [auth.ApiKeyRequired ? "api_key" : "api_key_false"]: [] }];
    if (auth.ApiKeyRequired) addScheme(event.definition, "api_key", { type: "apiKey", name: "x-api-key", in: "header" });
  }
  if (isJsonObject(auth.ResourcePolicy)) {
    addResourcePolicy(event.definition, auth.ResourcePolicy, event.path, event.stage);
    addCustomStatements(event.definition, auth.ResourcePolicy.CustomStatements);
  }
}

function methods(event: MethodEvent): readonly JsonObject[] {
  return methodsAt(event.definition, event.path, event.method).filter((method) => method[integrationKey] !== undefined);
}

function applyRequestModel(event: MethodEvent, given: JsonObject): void {
  const { Model: model, Required: required } = given;
  if (typeof model !== "string") return;
  if (mapOf(event.api.Models)[model] === undefined) fail(`the RequestModel ${model} is not among the API's Models.`, "sam.event");
  const name = model.toLowerCase();
  for (const method of methods(event)) {
    if (event.definition.swagger !== undefined) {
      const parameter: JsonObject = {
        in: "body",
        name,
        schema: { $ref: `#/definitions/${name}` },
        ...(required === undefined ? {} : { required }),
      };
      method.parameters = [...listOf(method.parameters), parameter];
    } else {
      method.requestBody = {
        content: { "application/json": { schema: { $ref: `#/components/schemas/${name}` } } },
        ...(required === undefined ? {} : { required }),
      };
    }
  }
  if (given.ValidateBody === undefined && given.ValidateParameters === undefined) return;
  const body = given.ValidateBody === true;
  const parameters = given.ValidateParameters === true;
  const validator = body && parameters ? "body-and-params" : body ? "body-only" : parameters ? "params-only" : "no-validation";
  const key = "x-amazon-apigateway-request-validators";
  event.definition[key] = {
    ...mapOf(event.definition[key]),
    [validator]: { validateRequestBody: body, validateRequestParameters: parameters },
  };
  for (const method of methods(event)) method["x-amazon-apigateway-request-validator"] = validator;
}

function applyRequestParameters(event: MethodEvent): void {
  for (const entry of listOf(event.event.RequestParameters)) {
    const [name, settings] = typeof entry === "string" ? [entry, {}] : (Object.entries(mapOf(entry))[0] ?? ["", {}]);
    const match = /^method\.request\.(querystring|path|header)\.(.+)$/.exec(name);
    if (match === null) fail("RequestParameters must be named method.request.querystring.…, .path.… or .header.…", "sam.event");
    const given = mapOf(settings);
    const parameter: JsonObject = {
      in: match[1] === "querystring" ? "query" : (match[1] ?? ""),
      name: match[2] ?? "",
      required: given.Required ?? false,
      ...(event.definition.swagger === undefined ? { schema: { type: "string" } } : { type: "string" }),
    };
    for (const method of methods(event)) {
      method.parameters = [...listOf(method.parameters), { ...parameter }];
      if (given.Caching !== true) continue;
      const integration = mapOf(method[integrationKey]);
      integration.cacheKeyParameters = [...listOf(integration.cacheKeyParameters), name];
    }
  }
}
