// Numbers, moments and texts of a state's own fields: TimeoutSeconds, MaxConcurrency, Seconds, Timestamp, Error …, given as they
// are, at a path or by an expression; each field has words of its own for what it refuses.
import { evaluateExpression, expressionIn } from "./jsonata.ts";
import type { Amount, FailText, WaitUntil } from "./definition.ts";
import { runtimeFailure, StateFailure } from "./failure.ts";
import { evaluatePathExpression } from "./pathExpression.ts";
import { readReference } from "./reference.ts";
import type { Scope } from "./scope.ts";
import { parseTimestamp } from "./timestamp.ts";
import { valueAtPath } from "./template.ts";
import { isArrayValue, isNumberValue, writeValue, type Value } from "./value.ts";

/** What an expression must give. */
type Expected = "number" | "string" | "boolean" | "array";

/** An expression's value of the type that a field asks for. */
export async function evaluateTyped(expression: string, expected: Expected, field: string, scope: Scope): Promise<Value> {
  const value = await evaluateExpression(expression, field, scope);
  const actual = typeName(value);
  if (actual === expected) return value;
  throw new StateFailure(
    "States.QueryEvaluationError",
    `The JSONata expression '${expression}' specified for the field '${field}' returned an unexpected result type. Expected '${expected}', but was '${actual}' for value: ${writeValue(value)}`,
    field,
  );
}

function typeName(value: Value): string {
  if (value === null) return "null";
  if (isArrayValue(value)) return "array";
  return isNumberValue(value) ? "number" : typeof value;
}

/** Both languages; `field` is the name without `Path`, within an object after its name (`ReaderConfig/MaxItems`). */
export async function evaluateAmount(amount: Amount, field: string, scope: Scope): Promise<number> {
  if (amount.type === "number") return amount.value;
  const name = field.slice(field.lastIndexOf("/") + 1);
  if (amount.type === "path") return checked(name, amountAtPath(name, amount.path, valueAtPath(amount.path, scope)), runtimeFailure);
  const expression = expressionIn(amount.expression) ?? amount.expression;
  const failed = (text: string): StateFailure => new StateFailure("States.QueryEvaluationError", text, field);
  const number = Number(await evaluateTyped(expression, "number", field, scope));
  if (field !== "ToleratedFailurePercentage" && !Number.isInteger(number))
    throw failed(`The ${field} field cannot be parsed as an integer: ${number}`);
  return checked(field, number, failed);
}

function amountAtPath(field: string, path: string, value: Value): number {
  const isWhole = field !== "ToleratedFailurePercentage";
  if (isNumberValue(value) && (!isWhole || Number.isInteger(value.valueOf()))) return value.valueOf();
  const text = typeof value === "string" ? value : writeValue(value);
  if (field === "MaxItems") {
    throw new StateFailure(
      "States.ItemReaderFailed",
      `The MaxItemsPath field refers to value '${text}' which is not a valid integer: ${path}`,
    );
  }
  throw runtimeFailure(`The ${field}Path field refers to value "${text}" which is not a valid ${isWhole ? "integer" : "float"}: ${path}`);
}

const maxSeconds = 99_999_999;

function checked(field: string, number: number, failed: (text: string) => StateFailure): number {
  switch (field) {
    case "ToleratedFailureCount":
      if (number < 0) throw failed("ToleratedFailureCount cannot be negative.");
      break;
    case "ToleratedFailurePercentage":
      if (number < 0 || number > 100) throw failed("ToleratedFailurePercentage must be between 0 and 100.");
      break;
    case "MaxConcurrency":
      if (number < 0) throw failed(`Expected non-negative integer for MaxConcurrency, got '${number}' instead.`);
      break;
    case "TimeoutSeconds":
    case "HeartbeatSeconds":
      if (number < 1 || number > maxSeconds) throw failed(`${field} must be between 1 and ${maxSeconds} but was: ${number}`);
  }
  return number;
}

/** A Wait's longest delay: what a Java `int` holds of seconds. */
const maxWaitSeconds = 2_147_483_647;

/** The moment at which a Wait ends, milliseconds since 1970. */
export async function evaluateWait(until: WaitUntil, enteredAt: number, scope: Scope): Promise<number> {
  const end = until.type === "seconds" ? enteredAt + (await waitSeconds(until.seconds, scope)) * 1000 : await waitTimestamp(until, scope);
  if (end - enteredAt > maxWaitSeconds * 1000) throw runtimeFailure("Wait state delay is too long.");
  return Math.ceil(end);
}

async function waitSeconds(seconds: Amount, scope: Scope): Promise<number> {
  if (seconds.type === "number") return seconds.value;
  if (seconds.type === "path") return secondsAtPath(seconds.path, readReference(seconds.path, scope));
  const number = await evaluateAmount(seconds, "Seconds", scope);
  if (number >= 0 && number <= maxSeconds) return number;
  throw new StateFailure("States.QueryEvaluationError", `Seconds must be between 0 and ${maxSeconds} but was: ${number}`, "Seconds");
}

function secondsAtPath(path: string, value: Value | undefined): number {
  if (value === undefined || value === null) throw runtimeFailure(`The SecondsPath parameter does not reference an input value: ${path}`);
  const text = typeof value === "string" ? value : writeValue(value);
  if (!/^[-+]?\d+$/.test(text)) throw runtimeFailure(`The SecondsPath parameter cannot be parsed as a long value: ${path} == ${text}`);
  if (Number(text) < 0) throw runtimeFailure(`The SecondsPath parameter references a negative value: ${path} == ${text}`);
  return Number(text);
}

async function waitTimestamp(until: Exclude<WaitUntil, { type: "seconds" }>, scope: Scope): Promise<number> {
  if (until.type === "timestampPath") {
    const value = readReference(until.path, scope);
    if (value === undefined || value === null)
      throw runtimeFailure(`The TimestampPath parameter does not reference an input value: ${until.path}`);
    const text = typeof value === "string" ? value : writeValue(value);
    const notTimestamp = `The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: ${until.path} == ${text}`;
    return timestamp(text, runtimeFailure(notTimestamp));
  }
  const expression = expressionIn(until.timestamp);
  if (expression === undefined) return timestamp(until.timestamp, runtimeFailure(notTimestampText("Timestamp", until.timestamp)));
  const text = String(await evaluateTyped(expression, "string", "Timestamp", scope));
  return timestamp(text, new StateFailure("States.QueryEvaluationError", notTimestampText("Timestamp", text), "Timestamp"));
}

function notTimestampText(field: string, text: string): string {
  return `The ${field} parameter is not a valid ISO-8601 extended offset date-time format string: ${text}`;
}

function timestamp(text: string, otherwise: StateFailure): number {
  const time = parseTimestamp(text);
  if (time === undefined) throw otherwise;
  return time;
}

/** Error and Cause of a Fail. */
export async function evaluateFailText(text: FailText, field: "Error" | "Cause", scope: Scope): Promise<string> {
  if (text.type === "text") {
    const expression = expressionIn(text.text);
    return expression === undefined ? text.text : String(await evaluateTyped(expression, "string", field, scope));
  }
  const value = evaluatePathExpression(text.path, `${field}Path`, scope);
  if (typeof value === "string") return value;
  throw runtimeFailure(`The ${field}Path field refers to value "${writeValue(value)}" which is not a valid string: ${text.path}`);
}
