// CORS of a REST API: an OPTIONS method with a mock integration on every path.
import type { Json, JsonObject } from "../../json.ts";
import { isIntrinsic, mapOf } from "./json.ts";
import { alternatives, anyMethod, methodsOf, pathsOf } from "./openApi.ts";

interface CorsSettings {
  readonly origin: Json;
  readonly headers: Json | undefined;
  readonly methods: Json | undefined;
  readonly maxAge: Json | undefined;
  readonly allowsCredentials: boolean;
}

function corsSettings(cors: Json | undefined): CorsSettings | undefined {
  if (cors === undefined || cors === null) return undefined;
  if (typeof cors === "string" || isIntrinsic(cors))
    return { origin: cors, headers: undefined, methods: undefined, maxAge: undefined, allowsCredentials: false };
  const given = mapOf(cors);
  return {
    origin: given.AllowOrigin ?? "'*'",
    headers: given.AllowHeaders,
    methods: given.AllowMethods,
    maxAge: given.MaxAge,
    allowsCredentials: given.AllowCredentials === true,
  };
}

export function addCors(definition: JsonObject, cors: Json | undefined): void {
  // Written for Swagger 2; the step to OpenAPI 3 comes later.
  const settings = corsSettings(cors);
  if (settings === undefined) return;
  for (const path of Object.values(pathsOf(definition))) {
    for (const item of alternatives(path)) {
      if (item.options !== undefined) continue;
      item.options = preflight(settings, settings.methods ?? allowedMethods(item));
    }
  }
}

const headerNames = {
  origin: "Access-Control-Allow-Origin",
  headers: "Access-Control-Allow-Headers",
  methods: "Access-Control-Allow-Methods",
  maxAge: "Access-Control-Max-Age",
};

function allowedMethods(item: JsonObject): string {
  const names = methodsOf(item).map(([name]) => name);
  const all = names.includes(anyMethod)
    ? ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"]
    : [...names.map((name) => name.toUpperCase()), "OPTIONS"];
  return `'${[...new Set(all)].toSorted().join(",")}'`;
}

function preflight(settings: CorsSettings, methods: Json): JsonObject {
  const values: JsonObject = { [headerNames.origin]: settings.origin };
  if (settings.headers !== undefined) values[headerNames.headers] = settings.headers;
  if (methods !== "") values[headerNames.methods] = methods;
  if (settings.maxAge !== undefined) values[headerNames.maxAge] = settings.maxAge;
  if (settings.allowsCredentials) values["Access-Control-Allow-Credentials"] = "'true'";
  const names = Object.keys(values);
  return {
    summary: "CORS support",
    consumes: ["application/json"],
    produces: ["application/json"],
    "x-amazon-apigateway-integration": {
      type: "mock",
      requestTemplates: { "application/json": '{\n  "statusCode" : 200\n}\n' },
      responses: {
        default: {
          statusCode: "200",
          responseParameters: Object.fromEntries(names.map((name) => [`method.response.header.${name}`, values[name] ?? null])),
          responseTemplates: { "application/json": "{}\n" },
        },
      },
    },
    responses: {
      "200": {
        description: "Default response for CORS method",
        headers: Object.fromEntries(names.map((name) => [name, { type: name === headerNames.maxAge ? "integer" : "string" }])),
      },
    },
  };
}
