import type { HttpRequest, HttpResponse } from "../../../../model/http.ts";
import { isHeader } from "../answers.ts";
import type { RestApi } from "../apis.ts";
import { isRecord } from "../records.ts";
import { entriesOf, parsed, statusOf } from "../functionAnswer.ts";
import { coversMediaType } from "./mediaTypes.ts";

/** What a function returned to a REST API, as an HTTP response; a string says what is wrong with it (AWS then answers 502). */
export function restResponse(payload: string, api: RestApi, request: HttpRequest): HttpResponse | string {
  const result = parsed(payload);
  if (!isRecord(result)) return `It must return an object with statusCode and body, but returned ${payload.slice(0, 100)}.`;
  const status = statusOf(result.statusCode);
  if (status === null) return `Its statusCode must be a number from 100 to 599, but is ${JSON.stringify(result.statusCode)}.`;
  const { body } = result;
  if (body !== undefined && body !== null && typeof body !== "string")
    return `Its body must be a string, but is ${Array.isArray(body) ? "a list" : `of type ${typeof body}`}: use JSON.stringify.`;
  const headers = headersOf(result);
  if (typeof headers === "string") return headers;
  if (!headers.some(([name]) => name === "content-type")) headers.push(["content-type", "application/json"]);
  const accept = request.headers.find(([name]) => name === "accept")?.[1]?.split(",")[0] ?? "application/json";
  // Base64 is undone only for callers that ask for one of the API's binary types, judged by their first choice.
  const isDecoded = result.isBase64Encoded === true && coversMediaType(api.binaryMediaTypes, accept);
  return { status, headers, body: Buffer.from(body ?? "", isDecoded ? "base64" : "utf8") };
}

function headersOf(result: Readonly<Record<string, unknown>>): [string, string][] | string {
  const multi = entriesOf(result.multiValueHeaders).flatMap(([name, values]) =>
    Array.isArray(values) ? values.map((value): [string, unknown] => [name, value]) : [],
  );
  const multiNames = new Set(multi.map(([name]) => name.toLowerCase()));
  const single = entriesOf(result.headers).filter(([name]) => !multiNames.has(name.toLowerCase()));
  const headers: [string, string][] = [];
  for (const [name, value] of [...single, ...multi]) {
    if (value === null || value === undefined) continue;
    const text = String(value);
    if (!isHeader(name, text)) return `Its header ${JSON.stringify(name)} holds characters that HTTP does not allow.`;
    const lower = name.toLowerCase();
    headers.push([remapped.has(lower) ? `x-amzn-remapped-${lower}` : lower, text]);
  }
  return headers;
}

/** Headers that REST APIs do not pass on under their own name. */
const remapped: ReadonlySet<string> = new Set([
  "authorization",
  "connection",
  "content-length",
  "content-md5",
  "date",
  "host",
  "server",
  "user-agent",
  "www-authenticate",
]);
