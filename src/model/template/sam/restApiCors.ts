// CORS of a REST API: an OPTIONS method with a mock integration on every path.
import type { Json, JsonObject } from "../../json.ts";
import { isJsonObject } from "../../json.ts";
import { fail } from "./context.ts";
import { isIntrinsic, isSet } from "./json.ts";
import { alternatives, anyMethod, checkPaths, pathsOf } from "./openApi.ts";
import { words } from "../../words.ts";

const wildcard = "'*'";
const corsProperties = ["AllowMethods", "AllowHeaders", "AllowOrigin", "MaxAge", "AllowCredentials"];

function corsSettings(cors: Json): JsonObject {
  if (typeof cors === "string" || isIntrinsic(cors)) return { AllowOrigin: cors };
  if (!isJsonObject(cors)) fail(words("{{property}} should be a string or a map.", { property: "Cors" }));
  for (const name of Object.keys(cors))
    if (!corsProperties.includes(name)) fail(words("{{owner}} has no property {{name}}.", { owner: "Cors", name }));
  return { AllowOrigin: wildcard, ...cors };
}

export function addCors(definition: JsonObject, cors: Json): void {
  const settings = corsSettings(cors);
  if (settings.AllowCredentials === true && settings.AllowOrigin === wildcard)
    fail(words("AllowCredentials of Cors needs an AllowOrigin other than '*'."));
  checkPaths(definition);
  const seen = new Set<string>();
  for (const [path, item] of Object.entries(pathsOf(definition))) {
    const normal = path === "/" ? path : path.replace(/\/+$/, "");
    if (seen.has(normal)) continue;
    seen.add(normal);
    let methods = settings.AllowMethods;
    for (const each of alternatives(item)) {
      if (Object.hasOwn(each, "options")) continue;
      if (!isSet(settings.AllowOrigin)) fail(words("{{property}} needs {{other}}.", { property: "Cors", other: "AllowOrigin" }));
      // The first branch of a condition decides for the second, as in AWS's transform.
      if (!isSet(methods)) methods = allowedMethods(each);
      each.options = preflight(settings, methods);
    }
  }
}

const headerNames = {
  origin: "Access-Control-Allow-Origin",
  headers: "Access-Control-Allow-Headers",
  methods: "Access-Control-Allow-Methods",
  maxAge: "Access-Control-Max-Age",
  credentials: "Access-Control-Allow-Credentials",
};

function allowedMethods(item: JsonObject): string {
  const names = Object.keys(item);
  const all = names.includes(anyMethod)
    ? ["DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"]
    : [...names.map((name) => name.toUpperCase()), "OPTIONS"];
  return `'${[...new Set(all)].toSorted().join(",")}'`;
}

function preflight(settings: JsonObject, methods: Json): JsonObject {
  const values: JsonObject = { [headerNames.origin]: settings.AllowOrigin ?? null };
  if (isSet(settings.AllowHeaders)) values[headerNames.headers] = settings.AllowHeaders;
  values[headerNames.methods] = methods;
  if (settings.MaxAge !== undefined && settings.MaxAge !== null) values[headerNames.maxAge] = settings.MaxAge;
  if (settings.AllowCredentials === true) values[headerNames.credentials] = "'true'";
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
