import type { HttpRequest } from "../../../../model/http.ts";
import type { FunctionUrlCors } from "../function.ts";

/** CORS headers for a browser's request from another origin; undefined where the URL's settings do not allow it. */
export function corsHeaders(cors: FunctionUrlCors, request: HttpRequest): [string, string][] | undefined {
  const origin = valueOf(request, "origin");
  if (origin === undefined) return undefined;
  const origins = cors.AllowOrigins ?? [];
  if (!origins.includes("*") && !origins.includes(origin)) return undefined;
  const headers: [string, string][] = [
    ["access-control-allow-origin", origins.includes("*") && cors.AllowCredentials !== true ? "*" : origin],
    ["vary", "Origin"],
  ];
  if (cors.AllowCredentials === true) headers.push(["access-control-allow-credentials", "true"]);
  if (isPreflight(request)) {
    if (cors.AllowMethods !== undefined) headers.push(["access-control-allow-methods", cors.AllowMethods.join(",")]);
    if (cors.AllowHeaders !== undefined) headers.push(["access-control-allow-headers", cors.AllowHeaders.join(",")]);
    if (cors.MaxAge !== undefined) headers.push(["access-control-max-age", String(cors.MaxAge)]);
  } else if (cors.ExposeHeaders !== undefined && cors.ExposeHeaders.length > 0) {
    headers.push(["access-control-expose-headers", cors.ExposeHeaders.join(",")]);
  }
  return headers;
}

export function isPreflight(request: HttpRequest): boolean {
  return (
    request.method === "OPTIONS" &&
    valueOf(request, "origin") !== undefined &&
    valueOf(request, "access-control-request-method") !== undefined
  );
}

function valueOf(request: HttpRequest, name: string): string | undefined {
  return request.headers.find(([header]) => header === name)?.[1];
}
