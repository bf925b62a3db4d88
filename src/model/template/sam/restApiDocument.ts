// The rest of a REST API's document: gateway responses, models, binary types, and the step from Swagger 2 to OpenAPI 3.
import type { Json, JsonObject } from "../../json.ts";
import { isJsonObject } from "../../json.ts";
import { fail } from "./context.ts";
import { isIntrinsic, isSet, listOf, mapOf } from "./json.ts";
import { isVersion3 } from "./openApi.ts";
import { words } from "../../words.ts";

const parameterPrefixes: Readonly<Record<string, string>> = { Headers: "header", Paths: "path", QueryStrings: "querystring" };
const responseProperties = ["ResponseParameters", "ResponseTemplates", "StatusCode"];

export function addGatewayResponses(definition: JsonObject, responses: JsonObject): void {
  const key = "x-amazon-apigateway-gateway-responses";
  const all = mapOf(definition[key]);
  for (const [type, response] of Object.entries(responses)) all[type] = gatewayResponse(type, response);
  definition[key] = all;
}

function gatewayResponse(type: string, response: Json): JsonObject {
  if (!isJsonObject(response) || isIntrinsic(response))
    fail(words("the gateway response {{type}} should be a map, without functions in its place.", { type }));
  for (const name of Object.keys(response))
    if (!responseProperties.includes(name)) fail(words("the gateway response {{type}} has no property {{name}}.", { type, name }));
  const given = response.ResponseParameters;
  if (isSet(given) && !isJsonObject(given))
    fail(words("{{property}} of the gateway response {{type}} should be a map.", { property: "ResponseParameters", type }));
  for (const name of Object.keys(mapOf(given))) {
    if (!Object.hasOwn(parameterPrefixes, name))
      fail(
        words("{{property}} of the gateway response {{type}} has no property {{name}}.", { property: "ResponseParameters", type, name }),
      );
  }
  const parameters: JsonObject = {};
  for (const [kind, prefix] of Object.entries(parameterPrefixes)) {
    const values = mapOf(given)[kind] ?? {};
    if (!isJsonObject(values)) fail(words("{{kind}} of the gateway response {{type}} should be a map.", { kind, type }));
    for (const [name, value] of Object.entries(values)) parameters[`gatewayresponse.${prefix}.${name}`] = value;
  }
  const status = response.StatusCode ?? undefined;
  if (isSet(status) && !/^[0-9]{1,3}$/.test(String(status)))
    fail(words("{{property}} of the gateway response {{type}} should be a number.", { property: "StatusCode", type }));
  return {
    responseParameters: parameters,
    responseTemplates: isSet(response.ResponseTemplates) ? response.ResponseTemplates : {},
    ...(status === undefined || status === "" ? {} : { statusCode: String(status) }),
  };
}

export function addModels(definition: JsonObject, models: JsonObject): void {
  const definitions = { ...mapOf(definition.definitions) };
  for (const [name, schema] of Object.entries(models)) {
    if (!isJsonObject(schema)) fail(words("the model {{name}} should be a map.", { name }));
    if (!isSet(schema.type)) fail(words("the model {{name}} needs a type.", { name }));
    definitions[name.toLowerCase()] = schema;
  }
  definition.definitions = definitions;
}

export function addBinaryMediaTypes(definition: JsonObject, types: Json): void {
  definition["x-amazon-apigateway-binary-media-types"] = unescaped(types);
}

/** `~1` stands for a slash. */
function unescaped(value: Json): Json {
  if (typeof value === "string") return value.replaceAll("~1", "/");
  if (Array.isArray(value)) return value.map((item) => unescaped(item));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key.replaceAll("~1", "/"), unescaped(item)]));
}

const endpointKey = "x-amazon-apigateway-endpoint-configuration";

export function disableEndpoint(definition: JsonObject, isDisabled: Json): void {
  const withSetting = (holder: Json): JsonObject => {
    const existing = isJsonObject(holder) ? (holder[endpointKey] ?? {}) : null;
    if (!isJsonObject(holder) || !isJsonObject(existing))
      fail(words("{{property}} of {{owner}} should be a list of maps.", { property: "servers", owner: "DefinitionBody" }), "sam.document");
    return { ...holder, [endpointKey]: { ...existing, disableExecuteApiEndpoint: isDisabled } };
  };
  if (isSet(definition.openapi) && isVersion3(definition.openapi)) {
    const servers = definition.servers === undefined ? [{}] : listOf(definition.servers);
    definition.servers = servers.map(withSetting);
  } else Object.assign(definition, withSetting(definition));
}

/** In OpenAPI 3 security and schemas live below `components`, and headers of the CORS answers carry a schema. */
export function toOpenApi3(definition: JsonObject, version: Json | undefined): void {
  if (definition.swagger !== undefined && definition.swagger !== null) return;
  const wanted = version ?? definition.openapi;
  if (!isSet(wanted) || !isVersion3(wanted)) return;
  moveToComponents(definition, "securityDefinitions", "securitySchemes");
  moveToComponents(definition, "definitions", "schemas");
  for (const item of Object.values(mapOf(definition.paths))) {
    const options = mapOf(item).options;
    if (!isJsonObject(options)) continue;
    delete options.produces;
    delete options.consumes;
    const headers = mapOf(mapOf(mapOf(options.responses)["200"]).headers);
    for (const [name, header] of Object.entries(headers)) headers[name] = { schema: header };
  }
}

function moveToComponents(definition: JsonObject, from: string, to: string): void {
  const moved = definition[from];
  if (!isSet(moved)) return;
  definition.components = { ...mapOf(definition.components), [to]: moved };
  delete definition[from];
}
