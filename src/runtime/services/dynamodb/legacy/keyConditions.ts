import { invalid, invalidParameter } from "../errors.ts";
import { typeOf } from "../attributeValue.ts";
import type { KeyRange, KeyTest } from "../expressions/keyCondition.ts";
import { keyRange } from "../expressions/keyCondition.ts";
import type { KeySchema } from "../keys.ts";
import type { CheckedCondition, LegacyConditions } from "./conditions.ts";
import { checkConditions } from "./conditions.ts";

const comparators = { EQ: "=", LE: "<=", LT: "<", GE: ">=", GT: ">" } as const;
const operators = [...Object.keys(comparators), "BEGINS_WITH", "BETWEEN"];

const tooMany = "Conditions can be of length 1 or 2 only";

/** KeyConditions of Query, checked as far as they can be without the table. Only an index may have more than two key attributes. */
export function readKeyConditions(conditions: LegacyConditions | undefined, isOfIndex: boolean): (schema: KeySchema) => KeyRange {
  if (conditions === undefined)
    throw invalid("Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.");
  const checked = checkConditions(conditions);
  if (checked.size < 1 || (checked.size > 2 && !isOfIndex)) throw invalid(tooMany);
  return (schema) => {
    if (checked.size > 2 && schema.hash.length + schema.range.length <= 2) throw invalid(tooMany);
    checkIndexable(checked, schema);
    return keyRange(new Map([...checked].map(([name, condition]) => [name, keyTest(condition)])), schema);
  };
}

/** In AWS's order: attribute by attribute, its operator, its type. */
function checkIndexable(checked: ReadonlyMap<string, CheckedCondition>, schema: KeySchema): void {
  for (const { name, type } of [...schema.hash, ...schema.range]) {
    const condition = checked.get(name);
    if (!condition) {
      if (schema.hash.some((attribute) => attribute.name === name) || (checked.size > 1 && schema.range.length < 2))
        throw invalid(`Query condition missed key schema element: ${name}`);
      continue;
    }
    if (!operators.includes(condition.operator)) throw invalid("Attempted conditional constraint is not an indexable operation");
    if (condition.operands.some((operand) => typeOf(operand) !== type))
      throw invalidParameter("Condition parameter type does not match schema type");
  }
}

function keyTest({ operator, operands }: CheckedCondition): KeyTest {
  const [value, high] = operands;
  if (!value) throw invalid("Attempted conditional constraint is not an indexable operation");
  if (operator === "BETWEEN" && high) return { operator: "between", value, high };
  if (operator === "BEGINS_WITH") return { operator: "begins_with", value };
  for (const [name, comparator] of Object.entries(comparators)) if (name === operator) return { operator: comparator, value };
  throw invalid("Attempted conditional constraint is not an indexable operation");
}
