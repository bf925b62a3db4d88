// TestState's answer as the way that data takes through a state: each field of the language a step, with what it made.
import { isJsonObject, type Json, type JsonObject } from "../../../model/json.ts";
import { sameJson } from "../../editors/json/jsonTree.ts";
import { jsonOf } from "../execution/executionEvents.ts";
import { perLanguage, t } from "../../app/texts/texts.ts";

export interface FlowStep {
  readonly id: string;
  readonly title: string;
  /** The field as it is written, in one line; null: it is not. */
  readonly written: string | null;
  readonly value: Json;
  /** What it is compared with; absent: it is made anew. */
  readonly before?: Json;
  /** The field is not written and changes nothing. */
  readonly isIdle: boolean;
}

export interface DataFlow {
  readonly steps: readonly FlowStep[];
  readonly variables: { readonly before: JsonObject; readonly after: JsonObject } | null;
  readonly outcome: FlowOutcome;
}

export interface FlowOutcome {
  readonly status: "SUCCEEDED" | "FAILED" | "RETRIABLE" | "CAUGHT_ERROR";
  readonly next: string | null;
  readonly error: string | null;
  readonly cause: string | null;
  readonly retrier: { readonly index: number; readonly seconds: number } | null;
  readonly catcher: number | null;
}

interface Stage {
  readonly id: string;
  readonly title: string;
  /** Fields of the state that do it: the first that is written is shown. */
  readonly fields: readonly string[];
  /** Member of the inspection data. */
  readonly seen: string;
  /** What marks are set against. */
  readonly against: "previous" | "input" | "nothing";
}

const stages = perLanguage((): readonly Stage[] => [
  { id: "inputPath", title: "InputPath", fields: ["InputPath"], seen: "afterInputPath", against: "previous" },
  { id: "items", title: t("Items"), fields: ["ItemsPath", "Items"], seen: "afterItemsPath", against: "nothing" },
  { id: "itemSelector", title: "ItemSelector", fields: ["ItemSelector"], seen: "afterItemSelector", against: "nothing" },
  { id: "itemBatcher", title: "ItemBatcher", fields: ["ItemBatcher"], seen: "afterItemBatcher", against: "nothing" },
  { id: "parameters", title: t("Parameters"), fields: ["Parameters"], seen: "afterParameters", against: "nothing" },
  { id: "arguments", title: t("Arguments"), fields: ["Arguments"], seen: "afterArguments", against: "nothing" },
  { id: "result", title: t("Result"), fields: ["Result"], seen: "result", against: "nothing" },
  { id: "resultSelector", title: "ResultSelector", fields: ["ResultSelector"], seen: "afterResultSelector", against: "nothing" },
  { id: "resultPath", title: "ResultPath", fields: ["ResultPath"], seen: "afterResultPath", against: "input" },
]);

/** `mockResult`: what was given as the result, where the answer does not repeat it. */
export function dataFlow(answer: Json, state: JsonObject, variables: Json, mockResult: Json | undefined): DataFlow {
  const given = isJsonObject(answer) ? answer : {};
  const inspected = isJsonObject(given["inspectionData"]) ? given["inspectionData"] : {};
  const input = valueOf(inspected["input"]) ?? {};
  const steps: FlowStep[] = [{ id: "input", title: t("Input"), written: null, value: input, isIdle: false }];
  let result: Json | undefined;
  for (const stage of stages()) {
    const value = valueOf(inspected[stage.seen]) ?? (stage.id === "result" ? mockResult : undefined);
    if (value === undefined) continue;
    if (stage.id === "result") result = value;
    const previous = steps.at(-1)?.value;
    const written = writtenIn(state, stage.fields);
    const isIdle = written === null && stage.id !== "result" && previous !== undefined && sameJson(previous, value);
    const before = stage.against === "previous" ? previous : stage.against === "input" ? input : undefined;
    steps.push({ id: stage.id, title: stage.title, written, value, isIdle, ...compared(before, value) });
  }
  const output = valueOf(given["output"]);
  if (output !== undefined) {
    const written = writtenIn(state, ["OutputPath", "Output"]);
    const before = state["Output"] === undefined ? steps.at(-1)?.value : (result ?? input);
    steps.push({ id: "output", title: t("Output"), written, value: output, isIdle: false, ...compared(before, output) });
  }
  return { steps, variables: variablesOf(variables, inspected), outcome: outcomeOf(given, inspected) };
}

/** What has nothing in common with the value before it is read for itself. */
function compared(before: Json | undefined, value: Json): { readonly before?: Json } {
  if (before === undefined) return {};
  const isKin =
    sameJson(before, value) ||
    (isJsonObject(before) && isJsonObject(value) && Object.keys(before).some((name) => name in value)) ||
    (Array.isArray(before) && Array.isArray(value));
  return isKin ? { before } : {};
}

function variablesOf(given: Json, inspected: JsonObject): DataFlow["variables"] {
  const before = isJsonObject(given) ? given : {};
  const after = valueOf(inspected["variables"]);
  const all = isJsonObject(after) ? after : before;
  return Object.keys(all).length === 0 ? null : { before, after: all };
}

function outcomeOf(answer: JsonObject, inspected: JsonObject): FlowOutcome {
  const details = isJsonObject(inspected["errorDetails"]) ? inspected["errorDetails"] : {};
  const { retryIndex, retryBackoffIntervalSeconds: seconds, catchIndex } = details;
  return {
    status: statuses.find((status) => status === answer["status"]) ?? "FAILED",
    next: textOf(answer["nextState"]),
    error: textOf(answer["error"]),
    cause: textOf(answer["cause"]),
    retrier: typeof retryIndex === "number" ? { index: retryIndex, seconds: typeof seconds === "number" ? seconds : 0 } : null,
    catcher: typeof catchIndex === "number" ? catchIndex : null,
  };
}

const statuses = ["SUCCEEDED", "FAILED", "RETRIABLE", "CAUGHT_ERROR"] as const;

function textOf(value: Json | undefined): string | null {
  return typeof value === "string" ? value : null;
}

/** Inspection data is JSON as text; what is no text stands for itself. */
function valueOf(value: Json | undefined): Json | undefined {
  return typeof value === "string" ? jsonOf(value) : value;
}

function writtenIn(state: JsonObject, fields: readonly string[]): string | null {
  const value = fields.map((field) => state[field]).find((one) => one !== undefined);
  if (value === undefined) return null;
  return typeof value === "string" ? value : JSON.stringify(value);
}
