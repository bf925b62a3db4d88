// The comparisons of a Choice in JSONPath.
import type { ChoiceOperand, ChoiceOperator, Condition } from "./definition.ts";
import { isFound, readReference } from "./reference.ts";
import { runtimeFailure } from "./failure.ts";
import type { PathScope } from "./scope.ts";
import { parseNanoseconds } from "./timestamp.ts";
import { isNumberValue, type Value } from "./value.ts";

/** Whether a rule holds; rules of JSONata are evaluated elsewhere. */
export function holds(condition: Exclude<Condition, { type: "expression" }> | Condition, scope: PathScope): boolean {
  switch (condition.type) {
    case "and":
      return condition.conditions.every((part) => holds(part, scope));
    case "or":
      return condition.conditions.some((part) => holds(part, scope));
    case "not":
      return !holds(condition.condition, scope);
    case "expression":
      return condition.expression === true;
    case "compare":
      return compares(condition.variable, condition.operator, condition.operand, scope);
  }
}

function compares(variable: string, operator: ChoiceOperator, operand: ChoiceOperand, scope: PathScope): boolean {
  const right = operand.type === "path" ? valueAt(operand.path, scope) : operand.value;
  if (operator === "IsPresent") return isFound(variable, scope) === right;
  const left = valueAt(variable, scope);
  const test = typeTests[operator];
  if (test !== undefined) return test(left) === right;
  const [kind = "", comparison = ""] = /^(String|Numeric|Boolean|Timestamp)(.+)$/.exec(operator)?.slice(1) ?? [];
  if (comparison === "Matches") return typeof left === "string" && typeof right === "string" && matchesWildcards(left, right);
  const key = keys[kind];
  const keyOfLeft = key?.(left);
  const keyOfRight = key?.(right);
  return keyOfLeft !== undefined && keyOfRight !== undefined && (comparisons[comparison]?.(keyOfLeft, keyOfRight) ?? false);
}

function valueAt(path: string, scope: PathScope): Value {
  const value = readReference(path, scope);
  if (value === undefined) throw runtimeFailure(`Invalid path '${path}': The choice state's condition path references an invalid value.`);
  return value;
}

const typeTests: Partial<Record<ChoiceOperator, (value: Value) => boolean>> = {
  IsNull: (value) => value === null,
  IsNumeric: isNumberValue,
  IsString: (value) => typeof value === "string",
  IsBoolean: (value) => typeof value === "boolean",
  IsTimestamp: (value) => typeof value === "string" && parseNanoseconds(value) !== undefined,
};

type Key = string | number | bigint | boolean;

/** What values of a kind are compared by; undefined for values of another kind. */
const keys: Readonly<Record<string, (value: Value) => Key | undefined>> = {
  String: (value) => (typeof value === "string" ? value : undefined),
  Numeric: (value) => (isNumberValue(value) ? value.valueOf() : undefined),
  Boolean: (value) => (typeof value === "boolean" ? value : undefined),
  Timestamp: (value) => (typeof value === "string" ? parseNanoseconds(value) : undefined),
};

const comparisons: Readonly<Record<string, (left: Key, right: Key) => boolean>> = {
  Equals: (left, right) => left === right,
  LessThan: (left, right) => left < right,
  GreaterThan: (left, right) => left > right,
  LessThanEquals: (left, right) => left <= right,
  GreaterThanEquals: (left, right) => left >= right,
};

/** `log-*.txt`; `\\*` is a star. */
function matchesWildcards(text: string, pattern: string): boolean {
  const pieces: string[] = [""];
  for (let index = 0; index < pattern.length; index += 1) {
    if (pattern[index] === "*") pieces.push("");
    else {
      if (pattern[index] === "\\" && /[*\\]/.test(pattern[index + 1] ?? "")) index += 1;
      pieces.push(`${pieces.pop() ?? ""}${pattern[index] ?? ""}`);
    }
  }
  const [first = "", ...rest] = pieces;
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let position = first.length;
  for (const piece of rest) {
    const found = text.indexOf(piece, position);
    if (found < 0) return false;
    position = found + piece.length;
  }
  return text.length - last.length >= position && text.endsWith(last);
}
