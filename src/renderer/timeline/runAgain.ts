// A hop sent anew, as a trace of its own: its request, operation or event as it was, or as a person changed it.
import { isJsonObject, type Json } from "../../model/json.ts";
import type { HttpAnswer, RunState, StudioInput } from "../../model/studioApi.ts";
import type { Span, SpanRef } from "../../model/trace.ts";
import { call } from "../app/api.ts";
import { attempt, notify } from "../app/stores/notices.ts";
import { useRun } from "../app/stores/run.ts";
import { closeJsonInText, openJsonInText } from "../editors/json/jsonInText.ts";
import { showTrace } from "./traceList.ts";
import { perLanguage, t } from "../app/texts/texts.ts";

export type Again =
  | { readonly type: "http"; readonly input: StudioInput<"request.http"> }
  | { readonly type: "operation"; readonly input: StudioInput<"request.operation"> }
  | { readonly type: "impossible"; readonly why: string };

/** Set by whoever carries a request, anew each time. */
const carriersHeaders = /^(host|content-length|connection|via|user-agent|x-amzn-trace-id|x-amz-cf-id|x-forwarded-.*|cloudfront-.*)$/i;

const reasons = perLanguage((): Partial<Record<Span["kind"], string>> => ({
  poll: t("A poll brings what is in the queue or stream: run the invocation or the message below it again."),
  wait: t("A wait carries nothing: run the hop before or after it again."),
  delivery: t("A delivery has no caller of its own: run the hop that it leads to again."),
  timer: t("What is due comes by itself: run the hop that it leads to again."),
  transition: t("A transition belongs to its execution: run the execution or the task below it again."),
}));

/** What is to be sent so that this hop happens once more. */
export function againOf(span: Span, run: RunState): Again {
  const why = reasons()[span.kind];
  if (why !== undefined) return { type: "impossible", why };
  if (isCut(span.input)) return { type: "impossible", why: t("Its message was too long to be kept whole.") };
  if (span.target === null && span.kind !== "operation") return { type: "impossible", why: t("What it went to is not known.") };
  const region = span.target?.region;
  if (span.kind === "request") return requestOf(span, run);
  return {
    type: "operation",
    input: {
      service: span.service,
      operation: span.operation,
      ...(region === undefined ? {} : { region }),
      input: span.kind === "invocation" ? { FunctionName: span.target?.name ?? "", Payload: JSON.stringify(span.input) } : span.input,
    },
  };
}

function requestOf({ input, target, operation }: Span, run: RunState): Again {
  if (!isJsonObject(input) || target === null || typeof input["path"] !== "string")
    return { type: "impossible", why: t("{{operation}} is not an HTTP request.", { operation }) };
  const { method, path, rawQuery, headers, body } = input;
  if (body !== undefined && typeof body !== "string") return { type: "impossible", why: t("Its body is not text.") };
  const resource = target.logicalId ?? target.name;
  const url = run.type === "running" ? run.urls.find((one) => one.logicalId === resource)?.url : undefined;
  // the stage is part of the address, which the request is sent to
  const stage = url === undefined ? "" : new URL(url).pathname.replace(/\/$/, "");
  const below = stage !== "" && path.startsWith(`${stage}/`) ? path.slice(stage.length) : path;
  return {
    type: "http",
    input: {
      resource,
      method: String(method),
      path: typeof rawQuery === "string" && rawQuery !== "" ? `${below}?${rawQuery}` : below,
      headers: pairsOf(headers).filter(([name]) => !carriersHeaders.test(name)),
      body: body ?? "",
    },
  };
}

function pairsOf(headers: Json | undefined): [string, string][] {
  if (!Array.isArray(headers)) return [];
  return headers.flatMap((pair): [string, string][] =>
    Array.isArray(pair) && typeof pair[0] === "string" && typeof pair[1] === "string" ? [[pair[0], pair[1]]] : [],
  );
}

function isCut(value: Json): boolean {
  if (Array.isArray(value)) return value.some(isCut);
  return isJsonObject(value) && (value["$truncated"] !== undefined || Object.values(value).some(isCut));
}

/** The message as a person edits it: JSON in texts opened. */
export interface Message {
  readonly text: string;
  readonly opened: ReadonlyMap<string, number>;
}

export function messageOf(again: Exclude<Again, { type: "impossible" }>): Message {
  const { method, path, headers, body } = again.type === "http" ? again.input : { method: "", path: "", headers: [], body: "" };
  const shown: Json = again.type === "http" ? { method, path, headers: Object.fromEntries(headers), body } : again.input.input;
  const { value, opened } = openJsonInText(shown);
  return { text: JSON.stringify(value, null, 2), opened };
}

/** The same hop with an edited message; throws what is wrong with it. */
export function withMessage(again: Exclude<Again, { type: "impossible" }>, { text, opened }: Message): Again {
  const value = closeJsonInText(JSON.parse(text) as Json, opened);
  if (again.type === "operation") return { ...again, input: { ...again.input, input: value } };
  if (!isJsonObject(value)) throw new Error(t("A request has a method, a path, headers and a body."));
  const { method, path, headers, body } = value;
  if (typeof method !== "string" || typeof path !== "string") throw new Error(t("A request needs a method and a path."));
  return {
    type: "http",
    input: {
      ...again.input,
      method,
      path,
      headers: Object.entries(isJsonObject(headers) ? headers : {}).map(([name, one]) => [name, String(one)]),
      body: typeof body === "string" ? body : body === undefined || body === null ? "" : JSON.stringify(body),
    },
  };
}

/** Of which hop a trace is a repetition. */
const origins = new Map<string, SpanRef>();

export function originOf(traceId: string): SpanRef | undefined {
  return origins.get(traceId);
}

/** Sends it, and shows the trace that it began. */
export async function sendAgain(origin: SpanRef, again: Again): Promise<void> {
  if (again.type === "impossible") {
    notify({ tone: "error", title: t("This hop cannot be run again"), detail: again.why });
    return;
  }
  const traceId = await attempt(t("Run again from here"), async () => {
    if (again.type === "http") return ((await call("request.http", again.input)) satisfies HttpAnswer).traceId;
    return (await call("request.operation", again.input)).traceId;
  });
  if (traceId === undefined || traceId === null || traceId === "") return;
  origins.set(traceId, { traceId: origin.traceId, spanId: origin.spanId });
  showTrace(traceId, "");
}

export async function runAgain(span: Span): Promise<void> {
  await sendAgain(span, againOf(span, useRun.getState().run));
}
