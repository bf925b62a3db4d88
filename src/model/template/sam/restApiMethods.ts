// What an Api event's properties do to its method in the document: authorizer, API key, models, parameters.
import type { Json, JsonObject } from "../../json.ts";
import { isJsonObject } from "../../json.ts";
import { fail, resolveParameters } from "./context.ts";
import type { SamContext } from "./context.ts";
import { isIntrinsic, isSet, listOf, mapOf } from "./json.ts";
import { integratedMethodsAt, integrationKey, isVersion3 } from "./openApi.ts";
import { addCustomStatements, addResourcePolicy } from "./resourcePolicy.ts";
import { addScheme, iamScheme, keyScheme } from "./restApiAuthorizers.ts";
import { type Words, words } from "../../words.ts";

export interface MethodEvent {
  /** Properties of the API. */
  readonly api: JsonObject;
  readonly definition: JsonObject;
  readonly path: string;
  readonly method: string;
  /** Its name, or a word for it. */
  readonly stage: Json;
  readonly event: JsonObject;
}

/** With IAM authorization API Gateway calls the function as the caller, unless InvokeRole says otherwise. */
export function iamCredentials(context: SamContext, auth: JsonObject, apiAuth: JsonObject): Json | undefined {
  const isIam = auth.Authorizer === "AWS_IAM" || (apiAuth.DefaultAuthorizer === "AWS_IAM" && !isSet(auth));
  if (!isIam) return undefined;
  const role = invokeRole(auth) ?? invokeRole(apiAuth);
  if (role === "NONE") return undefined;
  return role === undefined || role === "CALLER_CREDENTIALS" ? `arn:${context.partition}:iam::*:user/*` : role;
}

function invokeRole(auth: JsonObject): Json | undefined {
  if (auth.InvokeRole === undefined) return undefined;
  return isSet(auth.InvokeRole) ? auth.InvokeRole : "NONE";
}

export function applyMethodSettings(context: SamContext, settings: MethodEvent): void {
  const { event } = settings;
  if (isSet(event.Auth)) applyAuth(context, settings, mapOf(event.Auth));
  if (isSet(event.TimeoutInMillis)) {
    for (const method of methods(settings)) mapOf(method[integrationKey]).timeoutInMillis = event.TimeoutInMillis;
  }
  if (isSet(event.RequestModel)) applyRequestModel(settings, mapOf(event.RequestModel));
  if (isSet(event.RequestParameters)) applyRequestParameters(settings, event.RequestParameters);
}

/** Only the authorizer and API key: also for documents that the user wrote, when the event overrides their auth. */
export function applyAuth(context: SamContext, settings: MethodEvent, auth: JsonObject): void {
  const { api, method, path } = settings;
  const apiAuth = mapOf(resolveParameters(context, api.Auth ?? {}));
  const name = auth.Authorizer;
  const place = words("on API method {{method}} for path {{path}}", { method, path });
  if (isSet(name)) checkAuthorizer(name, apiAuth, place);
  if (isSet(auth.AuthorizationScopes)) {
    if (!Array.isArray(auth.AuthorizationScopes))
      fail(words("{{property}} should be a list.", { property: "AuthorizationScopes" }), "sam.event");
    if (!isSet(name)) fail(words("AuthorizationScopes needs Authorizer beside it."), "sam.event");
  }
  const key = auth.ApiKeyRequired ?? undefined;
  if (key !== undefined && !isSet(key) && !isSet(apiAuth.ApiKeyRequired))
    fail(words("ApiKeyRequired: false {{place}} makes sense only when the API has ApiKeyRequired.", { place }), "sam.event");
  if (typeof name === "string" && name !== "") applyAuthorizer(settings, name, apiAuth, auth);
  if (key !== undefined) {
    for (const each of methods(settings)) addSecurity(each, { [isSet(key) ? "api_key" : "api_key_false"]: [] });
    if (isSet(key) && methods(settings).length > 0) addScheme(settings.definition, "api_key", { ...keyScheme });
  }
  if (!isSet(auth.ResourcePolicy)) return;
  if (!isJsonObject(auth.ResourcePolicy)) fail(words("{{property}} should be a map.", { property: "ResourcePolicy" }), "sam.event");
  addResourcePolicy(settings.definition, auth.ResourcePolicy, path, settings.stage);
  addCustomStatements(settings.definition, auth.ResourcePolicy.CustomStatements);
}

function checkAuthorizer(name: Json, apiAuth: JsonObject, place: Words): void {
  if (name === "AWS_IAM") return;
  const authorizers = apiAuth.Authorizers;
  if (isSet(authorizers) && !isJsonObject(authorizers)) fail(words("Authorizers of the API should be a map."), "sam.event");
  if (name === "NONE") {
    if (!isSet(apiAuth.DefaultAuthorizer))
      fail(words("the Authorizer NONE {{place}} makes sense only when the API has a DefaultAuthorizer.", { place }), "sam.event");
    return;
  }
  if (typeof name !== "string" || !isSet(mapOf(authorizers)[name]))
    fail(
      words("the Authorizer {{name}} {{place}} is not among the API's Authorizers.", { name: JSON.stringify(name), place }),
      "sam.event",
    );
}

function applyAuthorizer(settings: MethodEvent, name: string, apiAuth: JsonObject, auth: JsonObject): void {
  const authorizers = mapOf(apiAuth.Authorizers);
  const own = authorizers[name];
  const scopes = auth.AuthorizationScopes ?? mapOf(own).AuthorizationScopes;
  const hasScopes = name !== "NONE" && own !== undefined && own !== null && scopes !== undefined && scopes !== null;
  for (const method of methods(settings)) {
    addSecurity(method, { [name]: hasScopes ? structuredClone(scopes) : [] });
    if (Object.hasOwn(mapOf(listOf(method.security)[0]), "AWS_IAM")) addScheme(settings.definition, "AWS_IAM", { ...iamScheme });
  }
}

function addSecurity(method: JsonObject, entry: JsonObject): void {
  if (method.security !== undefined && !Array.isArray(method.security))
    fail(words("security of a method should be a list."), "sam.document");
  method.security = [...listOf(method.security), entry];
}

function methods(settings: MethodEvent): readonly JsonObject[] {
  return integratedMethodsAt(settings.definition, settings.path, settings.method);
}

function applyRequestModel(settings: MethodEvent, given: JsonObject): void {
  const { Model: model, Required: required } = given;
  if (!isSet(model)) return;
  const { Models: models } = settings.api;
  if (!isSet(models))
    fail(words("the API has no Models, so there is no RequestModel {{model}}.", { model: JSON.stringify(model) }), "sam.event");
  if (typeof model !== "string" || (!isIntrinsic(models) && !isJsonObject(models)) || !isSet(mapOf(models)[model]))
    fail(words("the RequestModel {{model}} is not among the API's Models.", { model: JSON.stringify(model) }), "sam.event");
  const name = model.toLowerCase();
  const isRequired: JsonObject = required === undefined || required === null ? {} : { required };
  for (const method of methods(settings)) {
    if (settings.definition.swagger !== undefined) {
      const parameter: JsonObject = { in: "body", name, schema: { $ref: `#/definitions/${name}` }, ...isRequired };
      method.parameters = [...listOf(method.parameters), parameter];
    } else if (isVersion3(settings.definition.openapi)) {
      method.requestBody = { content: { "application/json": { schema: { $ref: `#/components/schemas/${name}` } } }, ...isRequired };
    }
  }
  const body = given.ValidateBody ?? undefined;
  const parameters = given.ValidateParameters ?? undefined;
  if (body !== undefined || parameters !== undefined) applyValidator(settings, body ?? false, parameters ?? false);
}

function applyValidator(settings: MethodEvent, body: Json, parameters: Json): void {
  if (typeof body !== "boolean" || typeof parameters !== "boolean")
    fail(words("ValidateBody and ValidateParameters should be true or false."), "sam.event");
  const validator = body && parameters ? "body-and-params" : body ? "body-only" : parameters ? "params-only" : "no-validation";
  const key = "x-amazon-apigateway-request-validators";
  settings.definition[key] = {
    [validator]: { validateRequestBody: body, validateRequestParameters: parameters },
    ...mapOf(settings.definition[key]),
  };
  for (const method of methods(settings)) method["x-amazon-apigateway-request-validator"] = validator;
}

function applyRequestParameters(settings: MethodEvent, given: Json): void {
  for (const entry of listOf(given)) {
    const { name, isRequired, isCached } = readRequestParameter(entry);
    const [place = "", ...rest] = name.replaceAll("method.request.", "").split(".");
    for (const method of methods(settings)) {
      const parameter: JsonObject = {
        in: place === "querystring" ? "query" : place,
        name: rest.join("."),
        required: isRequired,
        type: "string",
      };
      method.parameters = [...listOf(method.parameters), parameter];
      if (!isCached) continue;
      const integration = mapOf(method[integrationKey]);
      integration.cacheKeyParameters = [...listOf(integration.cacheKeyParameters), name];
    }
  }
}

function readRequestParameter(entry: Json): { readonly name: string; readonly isRequired: Json; readonly isCached: boolean } {
  if (typeof entry !== "string" && !isJsonObject(entry))
    fail(words("{{property}} should be names, or maps of them.", { property: "RequestParameters" }), "sam.event");
  const [name, settings]: [string, Json] = typeof entry === "string" ? [entry, {}] : (Object.entries(entry)[0] ?? ["", {}]);
  if (!/^method\.request\.(querystring|path|header)\./.test(name))
    fail(
      words("{{property}} should be named method.request.querystring.…, .path.… or .header.…", { property: "RequestParameters" }),
      "sam.event",
    );
  if (!isJsonObject(settings) || Object.keys(settings).some((key) => key !== "Required" && key !== "Caching"))
    fail(words("settings of RequestParameters should be a map of Required and Caching."), "sam.event");
  return { name, isRequired: settings.Required ?? false, isCached: isSet(settings.Caching) };
}
