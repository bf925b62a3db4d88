import type { HttpResponse } from "../../../../model/http.ts";
import { isHeader } from "../answers.ts";
import { isRecord } from "../records.ts";
import { entriesOf, parsed, statusOf } from "../functionAnswer.ts";

/** What a function returned to an HTTP API, as an HTTP response; a string says what is wrong with it (AWS then answers 500). */

export function responseOfFormat2(payload: string): HttpResponse | string {
  const result = parsed(payload);
  // Anything without a status code is the body itself, JSON or not.
  if (!isRecord(result) || !("statusCode" in result)) {
    return { status: 200, headers: [["content-type", "application/json"]], body: Buffer.from(payload) };
  }
  const cookies = Array.isArray(result.cookies) ? result.cookies.map((cookie): [string, unknown] => ["set-cookie", cookie]) : [];
  return responseOf(result, [...entriesOf(result.headers), ...cookies]);
}

export function responseOfFormat1(payload: string): HttpResponse | string {
  const result = parsed(payload);
  if (!isRecord(result)) return "It must return an object with statusCode, headers, multiValueHeaders, body and isBase64Encoded.";
  const multi = entriesOf(result.multiValueHeaders).flatMap(([name, values]) =>
    Array.isArray(values) ? values.map((value): [string, unknown] => [name, value]) : [],
  );
  const replacedNames = new Set(multi.map(([name]) => name.toLowerCase()));
  const single = entriesOf(result.headers).filter(([name]) => !replacedNames.has(name.toLowerCase()));
  return responseOf(result, [...single, ...multi]);
}

function responseOf(result: Readonly<Record<string, unknown>>, entries: readonly (readonly [string, unknown])[]): HttpResponse | string {
  const status = statusOf(result.statusCode);
  if (status === null) return `Its statusCode must be a number from 100 to 599, but is ${JSON.stringify(result.statusCode)}.`;
  const { body } = result;
  if (body !== undefined && body !== null && typeof body !== "string")
    return `Its body must be a string, but is ${Array.isArray(body) ? "a list" : `of type ${typeof body}`}: use JSON.stringify.`;
  const headers: [string, string][] = [];
  for (const [name, value] of entries) {
    if (value === null || value === undefined) continue;
    const text = String(value);
    if (!isHeader(name, text)) return `Its header ${JSON.stringify(name)} holds characters that HTTP does not allow.`;
    headers.push([name.toLowerCase(), text]);
  }
  if (!headers.some(([name]) => name === "content-type")) headers.push(["content-type", "text/plain;charset=UTF-8"]);
  return { status, headers, body: Buffer.from(body ?? "", result.isBase64Encoded === true ? "base64" : "utf8") };
}
