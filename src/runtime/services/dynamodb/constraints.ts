import { invalid } from "./errors.ts";

// Checks that AWS makes before looking at anything else: it reports all of them at once.

export type Constraint = string | undefined;

const maxReported = 10;

export function checkConstraints(constraints: readonly Constraint[]): void {
  // AWS stops at the tenth.
  const broken = constraints.filter((constraint) => constraint !== undefined).slice(0, maxReported);
  if (broken.length === 0) return;
  throw invalid(`${broken.length} validation error${broken.length > 1 ? "s" : ""} detected: ${broken.join("; ")}`);
}

export function required(value: unknown, at: string): Constraint {
  return value === undefined || value === null ? `Value null at '${at}' failed to satisfy constraint: Member must not be null` : undefined;
}

export function oneOf(value: string | undefined, at: string, allowed: readonly string[]): Constraint {
  if (value === undefined || allowed.includes(value)) return undefined;
  return `Value '${value}' at '${at}' failed to satisfy constraint: Member must satisfy enum value set: [${allowed.join(", ")}]`;
}

export function atLeast(value: number | undefined, at: string, min: number): Constraint {
  if (value === undefined || value >= min) return undefined;
  return `Value '${value}' at '${at}' failed to satisfy constraint: Member must have value greater than or equal to ${min}`;
}

export function atMost(value: number | undefined, at: string, max: number): Constraint {
  if (value === undefined || value <= max) return undefined;
  return `Value '${value}' at '${at}' failed to satisfy constraint: Member must have value less than or equal to ${max}`;
}

export function lengthBetween(value: string | undefined, at: string, min: number, max: number): Constraint {
  if (value === undefined) return undefined;
  const fault = `Value '${value}' at '${at}' failed to satisfy constraint: Member must have length`;
  if (value.length < min) return `${fault} greater than or equal to ${min}`;
  return value.length > max ? `${fault} less than or equal to ${max}` : undefined;
}

export function matching(value: string | undefined, at: string, pattern: string): Constraint {
  if (value === undefined || new RegExp(`^(?:${pattern})$`).test(value)) return undefined;
  return `Value '${value}' at '${at}' failed to satisfy constraint: Member must satisfy regular expression pattern: ${pattern}`;
}

/** Names of tables and indexes; ARNs pass for tables. */
export function nameConstraints(name: string | undefined, at: string): Constraint[] {
  if (name === undefined) return [required(name, at)];
  if (at === "tableName" && name.startsWith("arn:")) return [];
  return [matching(name, at, "[a-zA-Z0-9_.-]+"), lengthBetween(name, at, 3, 255)];
}

/** Of every operation on items. AWS reports an empty table name alone. */
export function commonConstraints(input: {
  readonly TableName?: string | undefined;
  readonly ReturnConsumedCapacity?: string | undefined;
}): Constraint[] {
  if (input.TableName === "") checkConstraints([lengthBetween("", "tableName", 1, 1024)]);
  return [
    oneOf(input.ReturnConsumedCapacity, "returnConsumedCapacity", ["INDEXES", "TOTAL", "NONE"]),
    ...nameConstraints(input.TableName, "tableName"),
  ];
}
