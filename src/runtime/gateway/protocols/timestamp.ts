import type { NormalizedSchema } from "@smithy/core/schema";

export type TimestampFormat = "date-time" | "http-date" | "epoch-seconds";

const formats: Readonly<Record<number, TimestampFormat>> = { 5: "date-time", 6: "http-date", 7: "epoch-seconds" };

/** A moment as the schema wants it on the wire, or in the protocol's own way where the schema leaves it open. */
export function formatTimestamp(schema: NormalizedSchema, value: Date, fallback: TimestampFormat): string | number {
  const raw: unknown = schema.getSchema();
  const format = (typeof raw === "number" ? formats[raw] : undefined) ?? fallback;
  if (format === "epoch-seconds") return value.getTime() / 1000;
  return format === "http-date" ? value.toUTCString() : value.toISOString();
}

/** Any of the three forms; null when it is none. */
export function parseTimestamp(text: string): Date | null {
  if (/^-?\d+(\.\d+)?$/.test(text)) return new Date(Number(text) * 1000);
  const milliseconds = Date.parse(text);
  return Number.isNaN(milliseconds) ? null : new Date(milliseconds);
}
