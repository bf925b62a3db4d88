// What of a connection can be changed where it is shown: the single values that it writes into the template.
import { isJsonObject, type Json, type JsonObject } from "../json.ts";
import type { Connection, TemplatePath } from "./design.ts";
import { at } from "./view.ts";

export interface ConnectionField {
  /** `Batch size` */
  readonly title: string;
  /** Logical ID of the resource that holds it. */
  readonly resource: string;
  /** Below that resource, with dots: `Properties.Events.Orders.Properties.BatchSize`. */
  readonly path: string;
  /** undefined: it is not written, and AWS's default holds. */
  readonly value: Json | undefined;
  readonly control: "text" | "number" | "toggle" | "choice" | "schedule";
  readonly options?: readonly string[];
  /** Of a schedule: whose it is. */
  readonly of?: "rule" | "scheduler";
  /** Of a number: `s` */
  readonly unit?: string;
  /** What AWS takes where nothing is written. */
  readonly standard?: string | number | boolean;
  /** The value stands inside a list of filters that does not exist yet. */
  readonly wrap?: "filter";
}

type Field = Omit<ConnectionField, "resource" | "path" | "value"> & { readonly key: string };

const batch = (standard: number): Field => ({ key: "BatchSize", title: "Batch size", control: "number", standard });
const window: Field = { key: "MaximumBatchingWindowInSeconds", title: "Waits for a batch", control: "number", unit: "s", standard: 0 };
const enabled: Field = { key: "Enabled", title: "Enabled", control: "toggle", standard: true };
const filter: Field = { key: "FilterCriteria.Filters.0.Pattern", title: "Filter", control: "text", wrap: "filter" };
const stream: readonly Field[] = [
  { key: "StartingPosition", title: "Starts at", control: "choice", options: ["LATEST", "TRIM_HORIZON"] },
  batch(100),
  window,
  { key: "MaximumRetryAttempts", title: "Retries", control: "number", standard: -1 },
  { key: "ParallelizationFactor", title: "Batches at once, per shard", control: "number", standard: 1 },
  { key: "BisectBatchOnFunctionError", title: "Halves a failed batch", control: "toggle", standard: false },
  filter,
  enabled,
];
const methods = ["GET", "POST", "PUT", "PATCH", "DELETE", "ANY"];
const route: readonly Field[] = [
  { key: "Method", title: "Method", control: "choice", options: methods },
  { key: "Path", title: "Path", control: "text" },
];

/** By the type of SAM's event. */
const ofEvents: Readonly<Record<string, readonly Field[]>> = {
  HttpApi: route,
  Api: route,
  SQS: [batch(10), window, { key: "ScalingConfig.MaximumConcurrency", title: "At once, at most", control: "number" }, filter, enabled],
  DynamoDB: stream,
  Kinesis: stream,
  Schedule: [
    { key: "Schedule", title: "Schedule", control: "schedule", of: "rule" },
    { key: "Input", title: "Input", control: "text" },
    enabled,
  ],
  ScheduleV2: [
    { key: "ScheduleExpression", title: "Schedule", control: "schedule", of: "scheduler" },
    { key: "ScheduleExpressionTimezone", title: "Time zone", control: "text", standard: "UTC" },
    { key: "Input", title: "Input", control: "text" },
  ],
};

/** By the type of a resource that is nothing but a connection. */
const ofGlue: Readonly<Record<string, readonly Field[]>> = {
  "AWS::Lambda::EventSourceMapping": stream.slice(1),
  "AWS::SNS::Subscription": [{ key: "RawMessageDelivery", title: "Bare message", control: "toggle", standard: false }],
};

const redrive: readonly Field[] = [{ key: "maxReceiveCount", title: "Receives before it is dead", control: "number", standard: 10 }];

/** Every title that a field of a connection may have. */
export const connectionFieldTitles: readonly string[] = [
  ...new Set([...Object.values(ofEvents), ...Object.values(ofGlue), redrive].flat().map(({ title }) => title)),
];

/** Fields of all that a connection writes, in the order in which it stands in the template. */
export function connectionFields(template: JsonObject, connection: Connection): readonly ConnectionField[] {
  return connection.writtenAt.flatMap((path) => fieldsAt(template, path));
}

function fieldsAt(template: JsonObject, path: TemplatePath): readonly ConnectionField[] {
  const [section, resource, ...below] = path;
  const value = at(template, ...path);
  if (section !== "Resources" || typeof resource !== "string" || !isJsonObject(value)) return [];
  const type = String(value["Type"]);
  const isEvent = below.at(-2) === "Events";
  const known = isEvent ? ofEvents[type] : below.length === 0 ? ofGlue[type] : below.at(-1) === "RedrivePolicy" ? redrive : undefined;
  if (known === undefined) return [];
  const base = below.at(-1) === "RedrivePolicy" ? below : [...below, "Properties"];
  return known.map(({ key, ...field }) => {
    const keys = key.split(".").map((part) => (/^\d+$/.test(part) ? Number(part) : part));
    return { ...field, resource, path: [...base, ...keys].join("."), value: at(template, "Resources", resource, ...base, ...keys) };
  });
}
