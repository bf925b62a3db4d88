import type { AttributeValue, Item, TypeName } from "../attributeValue.ts";
import { compareValues, readValue, typeOf } from "../attributeValue.ts";
import type { Constraint } from "../constraints.ts";
import { oneOf, required } from "../constraints.ts";
import { invalid, invalidParameter } from "../errors.ts";
import { beginsWith, compare, contains } from "../expressions/comparison.ts";
import type { Condition } from "../expressions/condition.ts";
import { checkConditionalOperator } from "./parameters.ts";

// Expected, QueryFilter and ScanFilter: one condition an attribute, joined by ConditionalOperator.

/** A condition as the wire has it; Exists and Value only in Expected. */
export interface LegacyCondition {
  readonly ComparisonOperator?: string | undefined;
  readonly AttributeValueList?: readonly unknown[] | undefined;
  readonly Exists?: boolean | undefined;
  readonly Value?: unknown;
}

export type LegacyConditions = Readonly<Record<string, LegacyCondition>>;

interface Operator {
  readonly counts: (count: number) => boolean;
  /** Types that may stand beside it; absent: all. */
  readonly types?: readonly TypeName[];
  readonly holds: (value: AttributeValue | undefined, operands: readonly AttributeValue[]) => boolean;
}

const ordered: readonly TypeName[] = ["S", "N", "B"];
const one = (count: number): boolean => count === 1;
const none = (count: number): boolean => count === 0;

const operators: Readonly<Record<string, Operator>> = {
  EQ: { counts: one, holds: (value, [operand]) => compare("=", value, operand) },
  NE: { counts: one, holds: (value, [operand]) => compare("<>", value, operand) },
  LE: { counts: one, types: ordered, holds: (value, [operand]) => compare("<=", value, operand) },
  LT: { counts: one, types: ordered, holds: (value, [operand]) => compare("<", value, operand) },
  GE: { counts: one, types: ordered, holds: (value, [operand]) => compare(">=", value, operand) },
  GT: { counts: one, types: ordered, holds: (value, [operand]) => compare(">", value, operand) },
  CONTAINS: { counts: one, types: [...ordered, "BOOL", "NULL"], holds: (value, [operand]) => contains(value, operand) },
  NOT_CONTAINS: {
    counts: one,
    types: [...ordered, "BOOL", "NULL"],
    holds: (value, [operand]) => value !== undefined && !contains(value, operand),
  },
  BEGINS_WITH: { counts: one, types: ["S", "B"], holds: (value, [operand]) => beginsWith(value, operand) },
  IN: { counts: (count) => count > 0, types: ordered, holds: (value, options) => options.some((option) => compare("=", value, option)) },
  BETWEEN: {
    counts: (count) => count === 2,
    types: ordered,
    holds: (value, [low, high]) => compare(">=", value, low) && compare("<=", value, high),
  },
  NULL: { counts: none, holds: (value) => value === undefined },
  NOT_NULL: { counts: none, holds: (value) => value !== undefined },
};

/** In AWS's own order, which its message shows. */
const operatorNames = ["IN", "NULL", "BETWEEN", "LT", "NOT_CONTAINS", "EQ", "GT", "NOT_NULL", "NE", "LE", "BEGINS_WITH", "GE", "CONTAINS"];

export function conditionConstraints(conditions: LegacyConditions | undefined, at: string, isExpected = false): Constraint[] {
  return Object.entries(conditions ?? {}).flatMap(([name, condition]) => [
    oneOf(condition.ComparisonOperator, `${at}.${name}.member.comparisonOperator`, operatorNames),
    isExpected ? undefined : required(condition.ComparisonOperator, `${at}.${name}.member.comparisonOperator`),
  ]);
}

/** A checked condition on one attribute. */
export interface CheckedCondition {
  readonly operator: string;
  readonly operands: readonly AttributeValue[];
}

/** QueryFilter, ScanFilter and KeyConditions; their operators passed the constraints. */
export function checkConditions(conditions: LegacyConditions): Map<string, CheckedCondition> {
  const checked = new Map<string, CheckedCondition>();
  for (const [name, { ComparisonOperator: operator = "", AttributeValueList: list = [] }] of Object.entries(conditions)) {
    checked.set(
      name,
      check(
        operator,
        list.map((value) => readValue(value)),
      ),
    );
  }
  return checked;
}

function check(name: string, operands: readonly AttributeValue[]): CheckedCondition {
  const operator = operators[name];
  if (!operator?.counts(operands.length)) throw invalidParameter(`Invalid number of argument(s) for the ${name} ComparisonOperator`);
  const [first, second] = operands;
  if (first && operands.some((operand) => typeOf(operand) !== typeOf(first)))
    throw invalidParameter("AttributeValues inside AttributeValueList must be of same type");
  if (first && operator.types && !operator.types.includes(typeOf(first)))
    throw invalidParameter(`ComparisonOperator ${name} is not valid for ${typeOf(first)} AttributeValue type`);
  if (name === "BETWEEN" && first && second && (compareValues(first, second) ?? 0) > 0)
    throw invalid("The BETWEEN condition was provided a range where the lower bound is greater than the upper bound");
  return { operator: name, operands };
}

export function readFilter(conditions: LegacyConditions | undefined, conditionalOperator: string | undefined): Condition | undefined {
  checkConditionalOperator(conditionalOperator, conditions);
  return conditions && joined(checkConditions(conditions), conditionalOperator);
}

export function readExpected(expected: LegacyConditions | undefined, conditionalOperator: string | undefined): Condition | undefined {
  checkConditionalOperator(conditionalOperator, expected);
  if (!expected) return undefined;
  const checked = new Map(Object.entries(expected).map(([name, condition]) => [name, expectedCondition(name, condition)]));
  return joined(checked, conditionalOperator);
}

function expectedCondition(name: string, condition: LegacyCondition): CheckedCondition {
  const { ComparisonOperator: operator, AttributeValueList: list, Exists: exists, Value: value } = condition;
  const wrong = (reason: string): Error => invalidParameter(`${reason} for Attribute: ${name}`);
  if (list && value !== undefined) throw wrong("Value and AttributeValueList cannot be used together");
  if (operator !== undefined) {
    if (exists !== undefined) throw wrong("Exists and ComparisonOperator cannot be used together");
    if (operator !== "NULL" && operator !== "NOT_NULL" && !list && value === undefined)
      throw wrong(`Value or AttributeValueList must be used with ComparisonOperator: ${operator}`);
    return check(
      operator,
      (list ?? (value === undefined ? [] : [value])).map((operand) => readValue(operand)),
    );
  }
  if (list) throw wrong("AttributeValueList can only be used with a ComparisonOperator");
  if (exists === false) {
    if (value !== undefined) throw wrong("Value cannot be used when Exists is false");
    return { operator: "NULL", operands: [] };
  }
  if (value === undefined) throw wrong(`Value must be provided when Exists is ${exists === undefined ? "null" : "true"}`);
  return { operator: "EQ", operands: [readValue(value)] };
}

function joined(checked: ReadonlyMap<string, CheckedCondition>, conditionalOperator: string | undefined): Condition {
  const conditions = [...checked].map(([name, { operator, operands }]): Condition => {
    const holds = operators[operator]?.holds;
    if (!holds) throw new Error(`The operator ${operator} passed its check`);
    return (item: Item) => holds(Object.hasOwn(item, name) ? item[name] : undefined, operands);
  });
  return conditionalOperator === "OR"
    ? (item) => conditions.some((condition) => condition(item))
    : (item) => conditions.every((condition) => condition(item));
}
