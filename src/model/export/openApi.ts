// An OpenAPI 3 document of a REST or HTTP API: its own document where it has one (Swagger 2 is brought up to date), else
// its routes. What only API Gateway understands is left out.
import { routesDocument } from "./openApiRoutes.ts";
import { fromSwagger } from "./swagger.ts";
import type { Connection, DesignResource } from "../design/design.ts";
import type { Json, JsonObject } from "../json.ts";
import { isJsonObject } from "../json.ts";
import { completePaths } from "./openApiPaths.ts";

export interface OpenApiInput {
  readonly api: DesignResource;
  /** Those that begin at the API. */
  readonly connections: readonly Connection[];
  /** The API's resource in the resolved CloudFormation template, if it is there under its own name. */
  readonly resource: JsonObject | undefined;
  /** Stages, for the address: `$default` is none. */
  readonly stages: readonly string[];
  readonly region: string;
}

export function openApiDocument(input: OpenApiInput): JsonObject {
  const { api, resource, connections } = input;
  const properties = mapOf(resource?.Properties);
  const written = mapOf(properties.Body);
  const body = isJsonObject(written.paths) ? written : routesDocument(api.routes);
  // SAM keeps the API's AWS tags there
  const ownTags = Array.isArray(body.tags) ? body.tags.filter((tag) => mapOf(tag)["x-amazon-apigateway-tag-value"] === undefined) : [];
  const document = mapOf(plain(body.swagger === undefined ? body : fromSwagger(body)));
  const { info, servers, paths, components, security } = document;
  const given = mapOf(info);
  const result: JsonObject = {
    openapi: "3.0.3",
    info: {
      ...given,
      title: nameIn(given.title) ?? nameIn(properties.Name) ?? api.id,
      version: textOf(given.version) ?? "1.0",
    },
    servers: Array.isArray(servers) && servers.length > 0 && servers.every(isWritten) ? servers : [serverOf(input)],
    paths: completePaths(mapOf(paths), connections),
  };
  if (ownTags.length > 0) result.tags = ownTags;
  const schemes = mapOf(mapOf(components).securitySchemes);
  if (isJsonObject(components)) {
    const { securitySchemes: _, ...others } = components;
    const all = Object.keys(schemes).length > 0 ? { ...others, securitySchemes: securitySchemes(schemes) } : others;
    if (Object.keys(all).length > 0) result.components = all;
  }
  if (security !== undefined) result.security = security;
  return result;
}

function serverOf({ stages, region }: OpenApiInput): JsonObject {
  const [stage] = stages;
  const path = stage === undefined || stage === "$default" ? "" : `/${stage}`;
  return {
    url: `https://{apiId}.execute-api.${region}.amazonaws.com${path}`,
    variables: { apiId: { default: "api", description: "The ID that API Gateway gives the API" } },
  };
}

/** JWT authorizers and Cognito's are bearer tokens to a client; Lambda authorizers look at a header. */
function securitySchemes(schemes: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(schemes).map(([name, scheme]) => {
      const { type, name: header, in: where } = mapOf(scheme);
      if (type === "oauth2" && mapOf(scheme).flows === undefined) return [name, { type: "http", scheme: "bearer", bearerFormat: "JWT" }];
      if (type === "apiKey")
        return [name, { type, name: textOf(header) ?? "Authorization", in: where === "query" || where === "cookie" ? where : "header" }];
      return [name, scheme];
    }),
  );
}

/** Without API Gateway's extensions and SAM's marks, which mean nothing to other tools. */
function plain(value: Json): Json {
  if (Array.isArray(value)) return value.map(plain);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) =>
      (key.startsWith("x-amazon-apigateway-") && key !== "x-amazon-apigateway-any-method") || key.startsWith("x-amzn-")
        ? []
        : [[key, plain(item)]],
    ),
  );
}

/** `{"Ref": "AWS::StackName"}` is no name yet. */
function nameIn(value: Json | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function isWritten(server: Json): boolean {
  return typeof mapOf(server).url === "string";
}

function textOf(value: Json | undefined): string | undefined {
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : undefined;
}

function mapOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
