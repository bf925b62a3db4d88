import { types } from "node:util";
import type { FunctionError } from "./protocol.ts";

/** An error of the runtime itself, with the type that Lambda gives it: `Runtime.HandlerNotFound`. */
export class RuntimeError extends Error {
  constructor(name: string, message: string, stack?: string) {
    super(message);
    this.name = name;
    if (stack !== undefined) this.stack = `${name}: ${stack}`;
  }
}

/** Whatever user code threw, in the shape in which Lambda answers it. */
export function functionErrorOf(thrown: unknown): FunctionError {
  if (isError(thrown)) {
    return { errorType: thrown.name ?? "Error", errorMessage: String(thrown.message ?? ""), trace: String(thrown.stack ?? "").split("\n") };
  }
  return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
}

function isError(thrown: unknown): thrown is Error {
  return (
    types.isNativeError(thrown) ||
    (typeof thrown === "object" && thrown !== null && "name" in thrown && "message" in thrown && "stack" in thrown)
  );
}

/** The object that Lambda's runtime logs beside an error: its own members included. */
export function loggedError(thrown: unknown): string {
  if (!isError(thrown)) return JSON.stringify({ errorType: typeof thrown, errorMessage: String(thrown), stack: [] });
  const members: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(thrown)) members[key] = value;
  try {
    return JSON.stringify({
      errorType: thrown.name,
      errorMessage: thrown.message,
      ...members,
      stack: String(thrown.stack ?? "").split("\n"),
    });
  } catch {
    return JSON.stringify({ errorType: thrown.name, errorMessage: thrown.message, stack: String(thrown.stack ?? "").split("\n") });
  }
}
