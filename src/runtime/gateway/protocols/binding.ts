import type { NormalizedSchema } from "@smithy/core/schema";
import { AwsError } from "../../kernel/awsError.ts";
import type { Operation } from "../model.ts";
import type { WireRequest } from "./protocol.ts";
import { formatTimestamp, parseTimestamp } from "./timestamp.ts";
import type { TimestampFormat } from "./timestamp.ts";

/** HTTP bindings, which restJson and restXml share: members that stand in the URI, the query, headers or alone in the body. */

export interface BoundInput {
  readonly input: Record<string, unknown>;
  /** The member that is the body. */
  readonly payload: readonly [name: string, schema: NormalizedSchema] | null;
  /** Members that make up the body together. */
  readonly bodyMembers: readonly string[];
}

export function readBindings(request: WireRequest, operation: Operation): BoundInput {
  const input: Record<string, unknown> = {};
  const bodyMembers: string[] = [];
  let payload: BoundInput["payload"] = null;
  if (operation.input.isUnitSchema()) return { input, payload, bodyMembers };
  for (const [name, schema] of operation.input.structIterator()) {
    const traits = schema.getMergedTraits();
    if (traits.httpLabel) {
      const label = request.match?.labels[name] ?? (name === "Bucket" ? request.bucket : undefined);
      if (label !== undefined) input[name] = readText(schema, label, name);
    } else if (traits.httpQuery) {
      if (request.query.has(traits.httpQuery)) input[name] = readQueryMember(schema, request.query.getAll(traits.httpQuery), name);
    } else if (traits.httpQueryParams) {
      input[name] = Object.fromEntries(request.query);
    } else if (traits.httpHeader) {
      const text = request.headers[traits.httpHeader.toLowerCase()];
      if (text !== undefined) input[name] = readHeaderMember(schema, text, name);
    } else if (typeof traits.httpPrefixHeaders === "string") {
      const found = readPrefixHeaders(request.headers, traits.httpPrefixHeaders.toLowerCase());
      if (found) input[name] = found;
    } else if (traits.httpPayload) {
      payload = [name, schema];
    } else {
      bodyMembers.push(name);
    }
  }
  return { input, payload, bodyMembers };
}

export interface BoundOutput {
  readonly status: number | null;
  readonly headers: Record<string, string>;
  readonly payload: readonly [name: string, schema: NormalizedSchema] | null;
  readonly bodyMembers: ReadonlySet<string>;
}

export function writeBindings(schema: NormalizedSchema, output: Readonly<Record<string, unknown>>): BoundOutput {
  const headers: Record<string, string> = {};
  const bodyMembers = new Set<string>();
  let status: number | null = null;
  let payload: BoundOutput["payload"] = null;
  if (schema.isUnitSchema()) return { status, headers, payload, bodyMembers };
  for (const [name, member] of schema.structIterator()) {
    const traits = member.getMergedTraits();
    const value = output[name];
    if (traits.httpResponseCode) {
      if (typeof value === "number") status = value;
    } else if (traits.httpHeader) {
      if (value !== undefined && value !== null)
        headers[traits.httpHeader.toLowerCase()] = headerText(traits.httpHeader, writeText(member, value, "http-date"));
    } else if (typeof traits.httpPrefixHeaders === "string") {
      for (const [key, text] of Object.entries(isRecord(value) ? value : {}))
        headers[(traits.httpPrefixHeaders + key).toLowerCase()] = encodedWord(String(text));
    } else if (traits.httpPayload) {
      payload = [name, member];
    } else {
      bodyMembers.add(name);
    }
  }
  return { status, headers, payload, bodyMembers };
}

/** Headers are bytes: what no byte stands for goes as UTF-8; in file names percent-encoded, as browsers read it and Node lets it through. */
function headerText(name: string, text: string): string {
  if (name.toLowerCase() === "content-disposition") return text.replace(/[^ -~]+/g, encodeURIComponent);
  return isOneByteEach(text) ? text : Buffer.from(text).toString("latin1");
}

/** Metadata that is not ASCII is told as RFC 2047 has it: https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html */
function encodedWord(text: string): string {
  return isOneByteEach(text) ? text : `=?UTF-8?B?${Buffer.from(text).toString("base64")}?=`;
}

function isOneByteEach(text: string): boolean {
  // oxlint-disable-next-line no-control-regex -- every byte there is
  return /^[\u0000-\u00ff]*$/.test(text);
}

/** A scalar as text in a URI, a header or a query form. */
export function readText(schema: NormalizedSchema, text: string, name: string): unknown {
  if (schema.isBooleanSchema()) {
    if (text === "true" || text === "false") return text === "true";
    throw new AwsError("SerializationException", `${text} is not a valid Boolean for ${name}.`);
  }
  if (schema.isNumericSchema()) {
    const number = Number(text);
    if (text.trim() === "" || Number.isNaN(number))
      throw new AwsError("SerializationException", `${text} is not a valid number for ${name}.`);
    return number;
  }
  if (schema.isTimestampSchema()) {
    const moment = parseTimestamp(text);
    if (!moment) throw new AwsError("SerializationException", `${text} is not a valid timestamp for ${name}.`);
    return moment;
  }
  if (schema.isBlobSchema()) return Buffer.from(text, "base64");
  return text;
}

function writeText(schema: NormalizedSchema, value: unknown, timestamps: TimestampFormat): string {
  if (value instanceof Date) return String(formatTimestamp(schema, value, timestamps));
  if (schema.getMergedTraits().mediaType) return Buffer.from(String(value)).toString("base64");
  return Array.isArray(value) ? value.map(String).join(",") : String(value);
}

function readQueryMember(schema: NormalizedSchema, texts: readonly string[], name: string): unknown {
  if (schema.isListSchema()) return texts.map((text) => readText(schema.getValueSchema(), text, name));
  return readText(schema, texts[0] ?? "", name);
}

function readHeaderMember(schema: NormalizedSchema, text: string, name: string): unknown {
  if (schema.isListSchema()) return text.split(",").map((part) => readText(schema.getValueSchema(), part.trim(), name));
  return readText(schema, text, name);
}

function readPrefixHeaders(headers: WireRequest["headers"], prefix: string): Record<string, string> | null {
  const found: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (name.startsWith(prefix) && value !== undefined) found[name.slice(prefix.length)] = value;
  }
  return Object.keys(found).length > 0 ? found : null;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
