import type { Connection } from "../design/design.ts";
import type { Json, JsonObject } from "../json.ts";
import { isJsonObject } from "../json.ts";

const anyMethod = "x-amazon-apigateway-any-method";
const methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];
/** What "any method" stands for to a client; browsers ask OPTIONS by themselves. */
const anyOf = ["get", "put", "post", "delete", "patch", "head"];

/** Paths as OpenAPI wants them: greedy parameters by their plain name, every parameter declared, every operation named and answered. */
export function completePaths(paths: JsonObject, connections: readonly Connection[]): JsonObject {
  const operationIds = new Set<string>();
  const complete: JsonObject = {};
  for (const [written, item] of Object.entries(paths)) {
    if (!isJsonObject(item)) continue;
    const path = plainPath(written);
    const { [anyMethod]: any, parameters: shared, ...rest } = item;
    const own = Object.entries(rest).flatMap(([method, operation]) => (methods.includes(method) ? [[method, operation] as const] : []));
    const others = Object.entries(rest).filter(([key]) => !methods.includes(key));
    const free = any === undefined ? [] : anyOf.filter((method) => !Object.hasOwn(rest, method)).map((method) => [method, any] as const);
    complete[path] = {
      ...Object.fromEntries(others),
      ...mapOf(complete[path]),
      ...Object.fromEntries(
        [...own, ...free].map(([method, operation]) => [
          method,
          completeOperation(method, path, mapOf(operation), listOf(shared), targetOf(method, written, connections), operationIds),
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
  const { parameters, responses, operationId, security, tags, ...others } = operation;
  const declared = [...listOf(parameters), ...shared];
  const isDeclared = (name: string): boolean => declared.some((each) => isJsonObject(each) && each.in === "path" && each.name === name);
  const missing = parametersIn(path).filter((name) => !isDeclared(name));
  const all = [...declared, ...missing.map((name) => ({ name, in: "path", required: true, schema: { type: "string" } }))];
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

function withDescriptions(responses: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(responses).map(([status, response]) => {
      const known = mapOf(response);
      const isComplete = typeof known.description === "string" || known.$ref !== undefined;
      return [status, isComplete ? known : { description: status === "default" ? "The answer" : `Status ${status}`, ...known }];
    }),
  );
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
