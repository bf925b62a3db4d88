// Swagger 2 to OpenAPI 3: what moved, by https://spec.openapis.org/oas/v3.0.3 against https://spec.openapis.org/oas/v2.0.
import type { Json, JsonObject } from "../json.ts";
import { isJsonObject } from "../json.ts";

const schemaKeys = (
  "type format items default maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern maxItems minItems " +
  "uniqueItems enum multipleOf"
).split(" ");
const moved: Readonly<Record<string, string>> = {
  "#/definitions/": "#/components/schemas/",
  "#/parameters/": "#/components/parameters/",
  "#/responses/": "#/components/responses/",
};

export function fromSwagger(document: JsonObject): JsonObject {
  const {
    swagger: _,
    definitions,
    parameters,
    responses,
    securityDefinitions,
    paths,
    host,
    basePath,
    schemes,
    consumes,
    produces,
    ...rest
  } = document;
  const media = { consumes: mediaOf(consumes, ["application/json"]), produces: mediaOf(produces, ["application/json"]) };
  const components: JsonObject = {};
  if (isJsonObject(definitions)) components.schemas = definitions;
  if (isJsonObject(parameters)) components.parameters = mapped(parameters, (each) => parameterOf(mapOf(each)));
  if (isJsonObject(responses)) components.responses = mapped(responses, (each) => responseOf(mapOf(each), media.produces));
  if (isJsonObject(securityDefinitions)) components.securitySchemes = mapped(securityDefinitions, (each) => schemeOf(mapOf(each)));
  const converted: JsonObject = { openapi: "3.0.3", ...rest, paths: mapped(mapOf(paths), (item) => pathItem(mapOf(item), media)) };
  if (Object.keys(components).length > 0) converted.components = components;
  if (typeof host === "string") {
    const scheme = Array.isArray(schemes) && typeof schemes[0] === "string" ? schemes[0] : "https";
    converted.servers = [{ url: `${scheme}://${host}${typeof basePath === "string" ? basePath.replace(/\/$/, "") : ""}` }];
  }
  return mapOf(withMovedReferences(converted));
}

interface Media {
  readonly consumes: readonly string[];
  readonly produces: readonly string[];
}

function pathItem(item: JsonObject, media: Media): JsonObject {
  return Object.fromEntries(
    Object.entries(item).map(([key, value]) => {
      if (key === "parameters" && Array.isArray(value)) return [key, value.map((each) => parameterOf(mapOf(each)))];
      return [key, isJsonObject(value) && !key.startsWith("x-amazon-apigateway-auth") ? operationOf(value, media) : value];
    }),
  );
}

function operationOf(operation: JsonObject, media: Media): JsonObject {
  const { parameters, responses, consumes, produces, schemes: _, ...rest } = operation;
  const given = Array.isArray(parameters) ? parameters.map(mapOf) : [];
  const converted: JsonObject = { ...rest };
  const plain = given.filter((each) => each.in !== "body" && each.in !== "formData").map(parameterOf);
  if (plain.length > 0) converted.parameters = plain;
  const body = bodyOf(given, mediaOf(consumes, media.consumes));
  if (body !== undefined) converted.requestBody = body;
  if (isJsonObject(responses))
    converted.responses = mapped(responses, (each) => responseOf(mapOf(each), mediaOf(produces, media.produces)));
  return converted;
}

function bodyOf(parameters: readonly JsonObject[], consumes: readonly string[]): JsonObject | undefined {
  const body = parameters.find((each) => each.in === "body");
  if (body !== undefined) {
    const { schema = {}, description, required } = body;
    return {
      ...(description !== undefined && { description }),
      ...(required !== undefined && { required }),
      content: contentOf(consumes, schema),
    };
  }
  const fields = parameters.filter((each) => each.in === "formData");
  if (fields.length === 0) return undefined;
  const isFile = fields.some((field) => field.type === "file");
  const properties = Object.fromEntries(
    fields.map((field) => [String(field.name), field.type === "file" ? { type: "string", format: "binary" } : schemaIn(field)]),
  );
  const required = fields.filter((field) => field.required === true).map((field) => String(field.name));
  const schema = { type: "object", properties, ...(required.length > 0 && { required }) };
  return { content: contentOf([isFile ? "multipart/form-data" : "application/x-www-form-urlencoded"], schema) };
}

function parameterOf(parameter: JsonObject): JsonObject {
  if (parameter.$ref !== undefined) return parameter;
  const rest = Object.fromEntries(Object.entries(parameter).filter(([key]) => !schemaKeys.includes(key) && key !== "collectionFormat"));
  return { ...rest, ...(parameter.in === "path" && { required: true }), schema: parameter.schema ?? schemaIn(parameter) };
}

function schemaIn(parameter: JsonObject): JsonObject {
  const schema = Object.fromEntries(Object.entries(parameter).filter(([key]) => schemaKeys.includes(key)));
  return Object.keys(schema).length > 0 ? schema : { type: "string" };
}

function responseOf(response: JsonObject, produces: readonly string[]): JsonObject {
  const { schema, headers, examples: _, ...rest } = response;
  const converted: JsonObject = { ...rest };
  if (isJsonObject(headers)) {
    converted.headers = mapped(headers, (header) => {
      const { description } = mapOf(header);
      return { ...(description !== undefined && { description }), schema: schemaIn(mapOf(header)) };
    });
  }
  if (schema !== undefined) converted.content = contentOf(produces, schema);
  return converted;
}

function schemeOf(scheme: JsonObject): JsonObject {
  const { type, flow, authorizationUrl, tokenUrl, scopes, ...rest } = scheme;
  if (type === "basic") return { type: "http", scheme: "basic" };
  if (type !== "oauth2" || typeof flow !== "string") return scheme;
  const name = { application: "clientCredentials", accessCode: "authorizationCode" }[flow] ?? flow;
  const urls = { ...(authorizationUrl !== undefined && { authorizationUrl }), ...(tokenUrl !== undefined && { tokenUrl }) };
  return { type, ...rest, flows: { [name]: { ...urls, scopes: scopes ?? {} } } };
}

function contentOf(types: readonly string[], schema: Json): JsonObject {
  return Object.fromEntries(types.map((type) => [type, { schema }]));
}

function mediaOf(types: Json | undefined, otherwise: readonly string[]): readonly string[] {
  const given = Array.isArray(types) ? types.filter((type) => typeof type === "string") : [];
  return given.length > 0 ? given : otherwise;
}

function withMovedReferences(value: Json): Json {
  if (Array.isArray(value)) return value.map(withMovedReferences);
  if (!isJsonObject(value)) return value;
  return mapped(value, (item, key) => (key === "$ref" && typeof item === "string" ? movedReference(item) : withMovedReferences(item)));
}

function movedReference(reference: string): string {
  const [from, to] = Object.entries(moved).find(([prefix]) => reference.startsWith(prefix)) ?? [];
  return from === undefined || to === undefined ? reference : to + reference.slice(from.length);
}

function mapped(map: JsonObject, change: (value: Json, key: string) => Json): JsonObject {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value, key)]));
}

function mapOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
