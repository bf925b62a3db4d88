import type { Connection } from "../design/design.ts";
import type { Json, JsonObject } from "../json.ts";
import { isJsonObject } from "../json.ts";

/** API Gateway's own, and how some write it. */
const anyMethods = ["x-amazon-apigateway-any-method", "any"];
const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
/** What a path says beside its operations; shared parameters go to each of them. */
const pathWords = ["summary", "description", "servers"];
/** What "any method" stands for to a client; browsers ask OPTIONS by themselves. */
const anyOf = ["get", "put", "post", "delete", "patch", "head"];

/** Paths as OpenAPI wants them: greedy parameters by their plain name, every parameter declared, every operation named and answered. */
export function completePaths(paths: JsonObject, connections: readonly Connection[]): JsonObject {
  const operationIds = new Set<string>();
  const complete: JsonObject = {};
  for (const [written, item] of Object.entries(paths)) {
    if (!isJsonObject(item)) continue;
    const path = plainPath(written);
    const entries = Object.entries(item).map(
      ([key, value]) => [methods.includes(key.toLowerCase()) ? key.toLowerCase() : key, value] as const,
    );
    const own = entries.filter(([key]) => methods.includes(key));
    const any = entries.find(([key]) => anyMethods.includes(key.toLowerCase()))?.[1];
    const free =
      any === undefined ? [] : anyOf.filter((method) => !own.some(([key]) => key === method)).map((method) => [method, any] as const);
    const words = entries.filter(([key]) => pathWords.includes(key));
    complete[path] = {
      ...Object.fromEntries(words),
      ...mapOf(complete[path]),
      ...Object.fromEntries(
        [...own, ...free].map(([method, operation]) => [
          method,
          completeOperation(method, path, mapOf(operation), listOf(item.parameters), targetOf(method, written, connections), operationIds),
        ]),
      ),
    };
  }
  return complete;
}

function completeOperation(
  method: string,
  path: string,
  operation: JsonObject,
  shared: readonly Json[],
  target: string | undefined,
  taken: Set<string>,
): JsonObject {
  const { parameters, responses, operationId, security, tags, isDefaultRoute: _, ...others } = operation;
  const all = completeParameters([...listOf(parameters), ...shared], parametersIn(path));
  const result: JsonObject = {
    operationId: freeName(typeof operationId === "string" ? operationId : nameOf(method, path), taken),
    ...others,
  };
  if (tags !== undefined) result.tags = tags;
  else if (target !== undefined) result.tags = [target];
  if (all.length > 0) result.parameters = all;
  result.responses =
    Object.keys(mapOf(responses)).length > 0 ? withDescriptions(mapOf(responses)) : { default: { description: "The answer" } };
  if (Array.isArray(security)) result.security = security.filter((each) => !(isJsonObject(each) && Object.hasOwn(each, "NONE")));
  return result;
}

/** Those of the path are its own, neither more nor fewer; one declared twice is the operation's. */
function completeParameters(declared: readonly Json[], inPath: readonly string[]): Json[] {
  const known = new Map<string, Json>();
  for (const each of declared) {
    const parameter = mapOf(each);
    const name = String(parameter.name).replace(/\+$/, "");
    if (parameter.$ref !== undefined) known.set(JSON.stringify(each), each);
    if (parameter.$ref !== undefined || known.has(`${String(parameter.in)} ${name}`) || (parameter.in === "path" && !inPath.includes(name)))
      continue;
    const hasType = parameter.schema !== undefined || parameter.content !== undefined;
    known.set(`${String(parameter.in)} ${name}`, { ...parameter, name, ...(!hasType && { schema: { type: "string" } }) });
  }
  for (const name of inPath)
    if (!known.has(`path ${name}`)) known.set(`path ${name}`, { name, in: "path", required: true, schema: { type: "string" } });
  return [...known.values()];
}

function withDescriptions(responses: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(responses).map(([status, response]) => {
      const { headers, ...rest } = mapOf(response);
      const known = isJsonObject(headers) ? { ...rest, headers: Object.fromEntries(Object.entries(headers).map(plainHeader)) } : rest;
      const isComplete = typeof known.description === "string" || known.$ref !== undefined;
      return [status, isComplete ? known : { description: status === "default" ? "The answer" : `Status ${status}`, ...known }];
    }),
  );
}

/** SAM puts a schema into the schema of the headers that answer CORS. */
function plainHeader([name, header]: [string, Json]): [string, Json] {
  const inner = mapOf(mapOf(header).schema).schema;
  return [name, inner === undefined ? header : { ...mapOf(header), schema: inner }];
}

/** `/orders/{proxy+}` → `/orders/{proxy}`; the route for all that no other takes → `/{path}` */
function plainPath(written: string): string {
  const path = written.startsWith("/") ? written : `/${written}`;
  return path === "/$default" ? "/{path}" : path.replaceAll("+}", "}");
}

function parametersIn(path: string): string[] {
  return [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = ""]) => name);
}

/** The resource behind a route. */
function targetOf(method: string, path: string, connections: readonly Connection[]): string | undefined {
  const isSame = (route: string, wanted: string): boolean => route.toUpperCase() === wanted.toUpperCase();
  const wanted = [`${method} ${path}`, `ANY ${path}`, path.replace(/^\//, "")];
  return connections.find((each) => wanted.some((route) => isSame(each.fromRoute ?? "", route)))?.to;
}

/** `get /orders/{id}` → `getOrdersId` */
function nameOf(method: string, path: string): string {
  const words = path.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}

function freeName(name: string, taken: Set<string>): string {
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? name : `${name}${number}`;
    if (taken.has(candidate)) continue;
    taken.add(candidate);
    return candidate;
  }
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function mapOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
