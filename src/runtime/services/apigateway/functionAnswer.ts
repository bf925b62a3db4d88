// What a function answered, as a Lambda proxy integration reads it.
import { isRecord } from "./records.ts";

/** 100 to 599, also as digits in a text; null: neither. */
export function statusOf(value: unknown): number | null {
  const status = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
  return typeof status === "number" && Number.isInteger(status) && status >= 100 && status <= 599 ? status : null;
}

/** undefined: it is no JSON. */
export function parsed(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return undefined;
  }
}

export function entriesOf(value: unknown): [string, unknown][] {
  return isRecord(value) ? Object.entries(value) : [];
}
