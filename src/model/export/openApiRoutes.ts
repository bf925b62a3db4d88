import type { Route } from "../design/design.ts";
import type { JsonObject } from "../json.ts";

/** The document that API Gateway itself would have of these routes. */
export function routesDocument(routes: readonly Route[]): JsonObject {
  const paths: Record<string, JsonObject> = {};
  for (const { method, path } of routes) {
    const name = path.startsWith("/") ? path : `/${path}`;
    const operation =
      method === "ANY" || method === "*" || !/^[A-Z]+$/.test(method) ? "x-amazon-apigateway-any-method" : method.toLowerCase();
    paths[name] = { ...paths[name], [operation]: {} };
  }
  return { openapi: "3.0.1", paths };
}
