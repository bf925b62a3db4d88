// The filters of a JSONPath, `[?(@.price < 10)]`, compared as Jayway's library compares.
import { BoundedRegExp } from "./boundedRegExp.ts";
import { isDefinite, type FilterExpression, type FilterOperand, type FilterOperator, type JsonPath } from "./jsonPathParse.ts";
import { PathNotFoundError, readPath } from "./jsonPath.ts";
import { isArrayValue, isNumberValue, isObjectValue, isSameValue, readValue, type Value } from "./value.ts";

/** About a tenth of a second. */
const maxPatternSteps = 500_000;
const stepsPerPatternStep = 4;

/** What a filter is asked within. */
export interface FilterContext {
  /** What `$` stands for in the filter. */
  readonly root: Value;
  /** Steps of the whole path, which has a limit of them. */
  readonly spend: (steps: number) => void;
  /** What operands that no item changes were found to be. */
  readonly known: Map<FilterOperand, Value | undefined>;
}

/** So many comparisons take as long as a step. */
const comparisonsPerStep = 16;

/** Whether an item passes. */
export function matchesFilter(filter: FilterExpression, item: Value, context: FilterContext): boolean {
  switch (filter.type) {
    case "and":
      return filter.parts.every((part) => matchesFilter(part, item, context));
    case "or":
      return filter.parts.some((part) => matchesFilter(part, item, context));
    case "not":
      return !matchesFilter(filter.part, item, context);
    case "exists":
      return valueAt(filter.path, item, context) !== undefined;
    case "compare":
      return compare(filter.left, filter.operator, filter.right, item, context);
  }
}

function compare(left: FilterOperand, operator: FilterOperator, right: FilterOperand, item: Value, context: FilterContext): boolean {
  if (operator === "=~") {
    const [pattern, other] = right.type === "pattern" ? [right, left] : [left, right];
    const text = operandValue(other, item, context);
    if (pattern.type !== "pattern" || typeof text !== "string") return false;
    let steps = 0;
    const spend = (spent: number): void => {
      steps += spent;
      context.spend(spent * stepsPerPatternStep);
      if (steps > maxPatternSteps) throw new PathNotFoundError(`The regular expression ${pattern.source} takes too long.`);
    };
    // the library asks for a match of the whole text
    return new BoundedRegExp(new RegExp(`^(?:${pattern.source})$`, pattern.flags), spend).exec(text) !== null;
  }
  const [one, other] = [operandValue(left, item, context), operandValue(right, item, context)];
  context.spend((lengthOf(one) * (operator === "contains" ? 1 : lengthOf(other))) / comparisonsPerStep);
  return operators[operator](one, other);
}

function lengthOf(value: Value | undefined): number {
  return isArrayValue(value) ? value.length : 1;
}

function operandValue(operand: FilterOperand, item: Value, context: FilterContext): Value | undefined {
  if (operand.type === "path" && operand.path.root.type === "current") return valueAt(operand.path, item, context);
  const { known } = context;
  if (!known.has(operand)) {
    const value =
      operand.type === "path" ? valueAt(operand.path, item, context) : operand.type === "literal" ? readValue(operand.json) : undefined;
    known.set(operand, value);
  }
  return known.get(operand);
}

/** What a path within a filter finds; undefined where it finds nothing. */
function valueAt(path: JsonPath, item: Value, { root, spend }: FilterContext): Value | undefined {
  try {
    const value = readPath(path, path.root.type === "current" ? item : root, "nothing", spend);
    return !isDefinite(path) && isArrayValue(value) && value.length === 0 ? undefined : value;
  } catch (error) {
    if (error instanceof PathNotFoundError) return undefined;
    throw error;
  }
}

type Operand = Value | undefined;

const operators: Readonly<Record<Exclude<FilterOperator, "=~">, (left: Operand, right: Operand) => boolean>> = {
  "==": isEqual,
  "!=": (left, right) => !isEqual(left, right),
  "===": (left, right) => kindOf(left) === kindOf(right) && isEqual(left, right),
  "!==": (left, right) => !(kindOf(left) === kindOf(right) && isEqual(left, right)),
  "<": (left, right) => order(left, right) < 0,
  "<=": (left, right) => order(left, right) <= 0,
  ">": (left, right) => order(left, right) > 0,
  ">=": (left, right) => order(left, right) >= 0,
  in: (left, right) => listOf(right).some((member) => isEqual(left, member)),
  nin: (left, right) => isArrayValue(right ?? null) && !listOf(right).some((member) => isEqual(left, member)),
  subsetof: (left, right) => isArrayValue(left) && left.every((member) => listOf(right).some((other) => isEqual(member, other))),
  anyof: (left, right) => listOf(left).some((member) => listOf(right).some((other) => isEqual(member, other))),
  noneof: (left, right) => !listOf(left).some((member) => listOf(right).some((other) => isEqual(member, other))),
  size: (left, right) => isNumberValue(right) && sizeOf(left) === right.valueOf(),
  empty: (left, right) => left !== undefined && (sizeOf(left) === 0) === right,
  contains: (left, right) => {
    if (typeof left === "string") return typeof right === "string" && left.includes(right);
    return listOf(left).some((member) => isEqual(member, right));
  },
};

/** Numbers and texts of numbers are the same to the library. */
function isEqual(left: Operand, right: Operand): boolean {
  if (left === undefined || right === undefined) return left === right;
  if (isNumberValue(left) && typeof right === "string") return right.trim() !== "" && left.valueOf() === Number(right);
  if (isNumberValue(right) && typeof left === "string") return isEqual(right, left);
  return isSameValue(left, right);
}

/** NaN where the two have no order. */
function order(left: Operand, right: Operand): number {
  if (isNumberValue(left) && isNumberValue(right)) return left.valueOf() - right.valueOf();
  if (typeof left === "string" && typeof right === "string") return left < right ? -1 : left > right ? 1 : 0;
  return Number.NaN;
}

function listOf(value: Operand): readonly Value[] {
  return isArrayValue(value) ? value : [];
}

function sizeOf(value: Operand): number | undefined {
  if (typeof value === "string" || isArrayValue(value)) return value.length;
  return isObjectValue(value) ? Object.keys(value).length : undefined;
}

function kindOf(value: Operand): string {
  if (value === null || isArrayValue(value)) return value === null ? "null" : "array";
  return isNumberValue(value) ? "number" : typeof value;
}
