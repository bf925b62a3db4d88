// What the operations of REST APIs share: their input names members as CloudFormation does, but begins them small.
import type { IntegrationResponse, Method, Resource } from "@aws-sdk/client-api-gateway";
import { isJsonObject, type Json, type JsonObject } from "../../../../model/json.ts";
import type { Apis, RestApi, RestIntegration, RestMethod, RestResource } from "../apis.ts";
import { notFound } from "../errors.ts";
import { textOf } from "../values.ts";

/** `restApiId` as `RestApiId`; maps of the user's own names (templates, parameters) stay as they are. */
export function propertiesOf(input: JsonObject): JsonObject {
  const properties: JsonObject = {};
  for (const [name, value] of Object.entries(input)) properties[name.charAt(0).toUpperCase() + name.slice(1)] = value;
  const endpoint = properties["EndpointConfiguration"];
  if (isJsonObject(endpoint)) properties["EndpointConfiguration"] = propertiesOf(endpoint);
  const tags = properties["Tags"];
  if (isJsonObject(tags)) properties["Tags"] = Object.entries(tags).map(([key, value]): Json => ({ Key: key, Value: value }));
  return properties;
}

export function resourceOf(apis: Apis, input: JsonObject): { readonly api: RestApi; readonly resource: RestResource } {
  const api = apis.rest(textOf(input["restApiId"]));
  const resource = api.resources.find(({ id }) => id === textOf(input["resourceId"]));
  if (resource === undefined) throw notFound("Invalid Resource identifier specified");
  return { api, resource };
}

export function methodAt(apis: Apis, input: JsonObject): { readonly api: RestApi; readonly method: RestMethod } {
  const { api, resource } = resourceOf(apis, input);
  const method = api.methods.find((one) => one.resourceId === resource.id && one.httpMethod === textOf(input["httpMethod"]));
  if (method === undefined) throw notFound("Invalid Method identifier specified");
  return { api, method };
}

export function integrationAt(
  apis: Apis,
  input: JsonObject,
): { readonly api: RestApi; readonly method: RestMethod; readonly integration: RestIntegration } {
  const { api, method } = methodAt(apis, input);
  if (method.integration === null) throw notFound("No integration defined for method");
  return { api, method, integration: method.integration };
}

/** Replaces a method, so that routes are looked up anew. */
export function withMethod(apis: Apis, api: RestApi, old: RestMethod, method: RestMethod): void {
  apis.save({ ...api, methods: api.methods.map((one) => (one === old ? method : one)) });
}

export function resourceOutput(api: RestApi, { id, parentId, pathPart, path }: RestResource): Resource {
  const methods = api.methods.filter((method) => method.resourceId === id);
  return {
    id,
    parentId,
    pathPart,
    path,
    resourceMethods: methods.length > 0 ? Object.fromEntries(methods.map((method) => [method.httpMethod, {}])) : undefined,
  };
}

export function methodOutput(method: RestMethod): Method {
  return {
    httpMethod: method.httpMethod,
    authorizationType: method.authorizationType,
    authorizerId: method.authorizer,
    apiKeyRequired: method.isApiKeyRequired,
    methodResponses:
      method.responses === undefined ? undefined : Object.fromEntries(method.responses.map((statusCode) => [statusCode, { statusCode }])),
    methodIntegration: method.integration === null ? undefined : integrationOutput(method.integration),
  };
}

export function integrationOutput(integration: RestIntegration): NonNullable<Method["methodIntegration"]> {
  const { type, uri, httpMethod, timeoutMilliseconds, requestTemplates, passthroughBehavior = "WHEN_NO_MATCH", responses } = integration;
  return {
    type: type as NonNullable<Method["methodIntegration"]>["type"],
    httpMethod,
    uri: uri === "" ? undefined : uri,
    requestTemplates: Object.keys(requestTemplates).length > 0 ? { ...requestTemplates } : undefined,
    passthroughBehavior,
    timeoutInMillis: timeoutMilliseconds,
    cacheKeyParameters: [],
    integrationResponses:
      responses.length > 0
        ? Object.fromEntries(responses.map((response) => [String(response.statusCode), integrationResponseOutput(response)]))
        : undefined,
  };
}

export function integrationResponseOutput(response: RestIntegration["responses"][number]): IntegrationResponse {
  const { statusCode, selectionPattern, responseParameters, responseTemplates } = response;
  return {
    statusCode: String(statusCode),
    selectionPattern,
    responseParameters: Object.keys(responseParameters).length > 0 ? { ...responseParameters } : undefined,
    responseTemplates: Object.keys(responseTemplates).length > 0 ? { ...responseTemplates } : undefined,
  };
}
