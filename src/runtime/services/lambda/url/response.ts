import type { HttpResponse } from "../../../../model/http.ts";
import { isJsonObject } from "../../../../model/json.ts";
import type { Json, JsonObject } from "../../../../model/json.ts";

const json = "application/json";
/** Ends the JSON head of a streamed answer. */
const preludeEnd = Buffer.alloc(8);

/** What a function behind a URL returned, as an HTTP response; undefined: it is not one. */
export function urlResponse(payload: Uint8Array, isStreamed: boolean): HttpResponse | undefined {
  const bytes = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
  return isStreamed ? streamedResponse(bytes) : bufferedResponse(bytes.toString("utf8"));
}

function streamedResponse(bytes: Buffer): HttpResponse | undefined {
  const end = bytes.indexOf(preludeEnd);
  if (end < 0) return { status: 200, headers: [["content-type", "application/octet-stream"]], body: bytes };
  const prelude = parse(bytes.subarray(0, end).toString("utf8"));
  if (!isJsonObject(prelude)) return undefined;
  return withDefaults(prelude, bytes.subarray(end + preludeEnd.length), "application/octet-stream");
}

function bufferedResponse(text: string): HttpResponse | undefined {
  const value = parse(text);
  if (value === undefined) return undefined;
  // without a status code, the whole answer is the body
  if (!isJsonObject(value) || value["statusCode"] === undefined) {
    const body = typeof value === "string" ? value : text;
    return { status: 200, headers: [["content-type", json]], body: Buffer.from(body) };
  }
  const body = value["body"];
  const bodyText = body === undefined || body === null ? "" : typeof body === "string" ? body : JSON.stringify(body);
  return withDefaults(value, Buffer.from(bodyText, value["isBase64Encoded"] === true ? "base64" : "utf8"), json);
}

function withDefaults(head: JsonObject, body: Uint8Array, contentType: string): HttpResponse | undefined {
  const status = Number(head["statusCode"] ?? 200);
  if (!Number.isInteger(status) || status < 100 || status > 599) return undefined;
  const headers: [string, string][] = [];
  if (isJsonObject(head["headers"]))
    for (const [name, value] of Object.entries(head["headers"])) if (value !== null) headers.push([name.toLowerCase(), String(value)]);
  if (Array.isArray(head["cookies"])) for (const cookie of head["cookies"]) headers.push(["set-cookie", String(cookie)]);
  if (!headers.some(([name]) => name === "content-type")) headers.push(["content-type", contentType]);
  return { status, headers, body };
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
