// A rule's condition of JSONPath as the form edits it: which members of a rule are its condition, and how they are changed.
import { choiceOperators } from "../../../model/asl/definition.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../model/json.ts";

export type ConditionKind = "compare" | "And" | "Or" | "Not";

const operators: ReadonlySet<string> = new Set(choiceOperators.flatMap((operator) => [operator, `${operator}Path`]));

function isOfCondition(name: string): boolean {
  return name === "Variable" || name === "And" || name === "Or" || name === "Not" || operators.has(name);
}

export function kindOf(condition: JsonObject): ConditionKind {
  return (["And", "Or", "Not"] as const).find((name) => condition[name] !== undefined) ?? "compare";
}

/** The other members of a rule (Next, Assign, Comment) stay. */
export function withCondition(rule: JsonObject, condition: JsonObject): JsonObject {
  return { ...condition, ...Object.fromEntries(Object.entries(rule).filter(([name]) => !isOfCondition(name))) };
}

export function conditionIn(rule: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(rule).filter(([name]) => isOfCondition(name)));
}

/** What is compared so far is kept inside what it becomes. */
export function asKind(condition: JsonObject, kind: ConditionKind): JsonObject {
  const inner = innerOf(condition);
  if (kind === "compare") return inner[0] ?? emptyComparison;
  if (kind === "Not") return { Not: inner.length === 1 ? (inner[0] ?? emptyComparison) : condition };
  return {
    [kind]: inner.length === 0 ? [emptyComparison, emptyComparison] : inner.length === 1 ? [...inner, emptyComparison] : [...inner],
  };
}

function innerOf(condition: JsonObject): readonly JsonObject[] {
  const kind = kindOf(condition);
  if (kind === "compare") return Object.keys(condition).length === 0 ? [] : [condition];
  const inside = condition[kind];
  return (Array.isArray(inside) ? inside : [inside]).filter((one) => isJsonObject(one));
}

export const emptyComparison: JsonObject = { Variable: "$.value", IsPresent: true };

export interface Comparison {
  readonly variable: string;
  /** Without its `Path`. */
  readonly operator: string;
  readonly operand: Json;
  readonly isPath: boolean;
}

export function comparisonOf(condition: JsonObject): Comparison {
  const name = Object.keys(condition).find((one) => operators.has(one)) ?? "IsPresent";
  const isPath = name.endsWith("Path");
  const variable = condition["Variable"];
  return {
    variable: typeof variable === "string" ? variable : "",
    operator: isPath ? name.slice(0, -4) : name,
    operand: condition[name] ?? true,
    isPath,
  };
}

export function conditionOf({ variable, operator, operand, isPath }: Comparison): JsonObject {
  return { Variable: variable, [isPath ? `${operator}Path` : operator]: operand };
}

/** What is compared with, read as the operator takes it: a path, a number, a text, true or false. */
export function withOperand(comparison: Comparison, typed: string): Comparison {
  const text = typed.trim();
  const isPath = /^\$(?:$|\$?[.[]|\w)/.test(text) && comparison.operator !== "StringMatches";
  if (isPath) return { ...comparison, operand: text, isPath: true };
  const number = Number(text);
  const operand = comparison.operator.startsWith("Numeric") && text !== "" && Number.isFinite(number) ? number : typed;
  return { ...comparison, operand, isPath: false };
}

export function withOperator(comparison: Comparison, operator: string): Comparison {
  const takesFlag = isFlag(operator);
  if (takesFlag)
    return { ...comparison, operator, operand: typeof comparison.operand === "boolean" ? comparison.operand : true, isPath: false };
  if (comparison.isPath && operator !== "StringMatches") return { ...comparison, operator };
  const text = typeof comparison.operand === "boolean" ? "" : String(comparison.operand ?? "");
  if (operator.startsWith("Numeric"))
    return { ...comparison, operator, operand: Number.isFinite(Number(text)) ? Number(text) : 0, isPath: false };
  if (operator.startsWith("Timestamp") && !/^\d{4}-/.test(text))
    return { ...comparison, operator, operand: "2030-01-01T00:00:00Z", isPath: false };
  return { ...comparison, operator, operand: text, isPath: false };
}

/** Takes true or false. */
export function isFlag(operator: string): boolean {
  return operator.startsWith("Is") || operator === "BooleanEquals";
}
