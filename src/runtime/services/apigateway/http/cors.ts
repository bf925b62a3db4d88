import type { HttpRequest, HttpResponse } from "../../../../model/http.ts";
import type { CorsConfiguration } from "../apis.ts";

/** CORS of HTTP APIs: the API answers preflights itself and its headers replace those of the function. */

export function isPreflight(request: HttpRequest): boolean {
  return (
    request.method === "OPTIONS" &&
    headerOf(request, "origin") !== undefined &&
    headerOf(request, "access-control-request-method") !== undefined
  );
}

export function preflightAnswer(cors: CorsConfiguration, request: HttpRequest): HttpResponse {
  const headers = corsHeaders(cors, request);
  if (headers.length > 0) {
    if (cors.allowMethods.length > 0) headers.push(["access-control-allow-methods", cors.allowMethods.join(",")]);
    if (cors.allowHeaders.length > 0) headers.push(["access-control-allow-headers", cors.allowHeaders.join(",")]);
    if (cors.maxAgeSeconds !== null) headers.push(["access-control-max-age", String(cors.maxAgeSeconds)]);
  }
  return { status: 204, headers, body: new Uint8Array(0) };
}

export function withCors(cors: CorsConfiguration, request: HttpRequest, response: HttpResponse): HttpResponse {
  const kept = response.headers.filter(([name]) => !name.startsWith("access-control-"));
  return { ...response, headers: [...kept, ...corsHeaders(cors, request)] };
}

function corsHeaders(cors: CorsConfiguration, request: HttpRequest): [string, string][] {
  const origin = headerOf(request, "origin");
  if (origin === undefined) return [];
  const isAny = cors.allowOrigins.includes("*");
  if (!isAny && !cors.allowOrigins.some((allowed) => covers(allowed, origin))) return [];
  const headers: [string, string][] = [["access-control-allow-origin", isAny ? "*" : origin]];
  if (cors.allowCredentials) headers.push(["access-control-allow-credentials", "true"]);
  if (cors.exposeHeaders.length > 0) headers.push(["access-control-expose-headers", cors.exposeHeaders.join(",")]);
  if (!isAny) headers.push(["vary", "Origin"]);
  return headers;
}

/** `https://*` stands for every origin of that scheme. */
function covers(allowed: string, origin: string): boolean {
  const lower = allowed.toLowerCase();
  return lower.endsWith("://*") ? origin.toLowerCase().startsWith(lower.slice(0, -1)) : lower === origin.toLowerCase();
}

function headerOf(request: HttpRequest, name: string): string | undefined {
  return request.headers.find(([key]) => key === name)?.[1];
}
