// The rest of a REST API's document: gateway responses, models, binary types, and the step from Swagger 2 to OpenAPI 3.
import type { Json, JsonObject } from "../../json.ts";
import { isJsonObject } from "../../json.ts";
import { listOf, mapOf } from "./json.ts";
import { pathsOf } from "./openApi.ts";

const parameterPrefixes: Readonly<Record<string, string>> = { Headers: "header", Paths: "path", QueryStrings: "querystring" };

export function addGatewayResponses(definition: JsonObject, responses: Json | undefined): void {
  if (!isJsonObject(responses) || Object.keys(responses).length === 0) return;
  const key = "x-amazon-apigateway-gateway-responses";
  const all = mapOf(definition[key]);
  for (const [type, response] of Object.entries(responses)) {
    const given = mapOf(response);
    const parameters: JsonObject = {};
    for (const [kind, prefix] of Object.entries(parameterPrefixes)) {
      for (const [name, value] of Object.entries(mapOf(mapOf(given.ResponseParameters)[kind])))
        parameters[`gatewayresponse.${prefix}.${name}`] = value;
    }
    all[type] = {
      responseParameters: parameters,
      responseTemplates: given.ResponseTemplates ?? {},
      ...(given.StatusCode === undefined ? {} : { statusCode: String(given.StatusCode) }),
    };
  }
  definition[key] = all;
}

export function addModels(definition: JsonObject, models: Json | undefined): void {
  if (!isJsonObject(models) || Object.keys(models).length === 0) return;
  const definitions = mapOf(definition.definitions);
  for (const [name, schema] of Object.entries(models)) definitions[name.toLowerCase()] = schema;
  definition.definitions = definitions;
}

export function addBinaryMediaTypes(definition: JsonObject, types: Json | undefined): void {
  if (types === undefined || types === null) return;
  definition["x-amazon-apigateway-binary-media-types"] = listOf(types).map((type) =>
    typeof type === "string" ? type.replaceAll("~1", "/") : type,
  );
}

/** In OpenAPI 3 security and schemas live below `components`, and headers of the CORS answers carry a schema. */
export function toOpenApi3(definition: JsonObject, version: Json | undefined): void {
  if (definition.swagger !== undefined || !/^3(\.\d)?(\.\d)?$/.test(String(version ?? definition.openapi))) return;
  const components = mapOf(definition.components);
  if (isJsonObject(definition.securityDefinitions)) {
    definition.components = components;
    components.securitySchemes = { ...mapOf(components.securitySchemes), ...definition.securityDefinitions };
    delete definition.securityDefinitions;
  }
  if (isJsonObject(definition.definitions)) {
    definition.components = components;
    components.schemas = { ...mapOf(components.schemas), ...definition.definitions };
    delete definition.definitions;
  }
  for (const item of Object.values(pathsOf(definition))) {
    const options = mapOf(item).options;
    if (!isJsonObject(options)) continue;
    delete options.produces;
    delete options.consumes;
    const headers = mapOf(mapOf(mapOf(options.responses)["200"]).headers);
    for (const [name, header] of Object.entries(headers)) headers[name] = { schema: header };
  }
}

function mergeMethods(written: JsonObject, generated: JsonObject): JsonObject {
  const methods = { ...written };
  for (const [name, method] of Object.entries(generated)) {
    const existing = methods[name];
    methods[name] = isJsonObject(existing) && isJsonObject(method) ? { ...existing, ...method } : method;
  }
  return methods;
}

/** What is generated for a method wins over what the user's document says of it; everything else of both stays. */
export function mergeDefinitions(written: JsonObject, generated: JsonObject): JsonObject {
  if (written.paths === null) return written;
  const paths: JsonObject = { ...mapOf(written.paths) };
  for (const [path, item] of Object.entries(mapOf(generated.paths))) {
    const existing = paths[path];
    paths[path] = isJsonObject(existing) && isJsonObject(item) ? mergeMethods(existing, item) : item;
  }
  const rest: JsonObject = {};
  for (const [key, value] of Object.entries(generated)) {
    const existing = written[key];
    if (key === "paths" || key === "info" || key === "swagger" || key === "openapi") continue;
    rest[key] = isJsonObject(existing) && isJsonObject(value) ? { ...existing, ...value } : value;
  }
  return { ...written, ...rest, paths };
}
