// The rules of a Choice state.
import { isJsonObject, type Json } from "../../json.ts";
import { choiceOperators, type ChoiceOperator } from "../definition.ts";
import { checkAssign } from "./errors.ts";
import type { Place } from "./diagnostic.ts";
import { isExpressionTemplate, isExpression, checkExpression } from "./expressions.ts";
import { checkObject, type Check, type Field, type StateCheck } from "./objects.ts";
import { isChoicePath } from "./paths.ts";
import { decimal, inBoth, isFlag, isText, isTimestamp, listOf, onlyIn } from "./values.ts";

function operandCheck(operator: ChoiceOperator): Check {
  if (operator.startsWith("String")) return isText;
  if (operator.startsWith("Numeric")) return decimal(Number.NEGATIVE_INFINITY);
  return operator.startsWith("Timestamp") ? isTimestamp : isFlag;
}

const withoutPath = new Set<string>(["StringMatches", "IsNull", "IsPresent", "IsNumeric", "IsString", "IsBoolean", "IsTimestamp"]);

const comparisons: Readonly<Record<string, Field>> = Object.fromEntries(
  choiceOperators.flatMap((operator) => [
    [operator, onlyIn("JSONPath", operandCheck(operator))],
    ...(withoutPath.has(operator) ? [] : [[`${operator}Path`, onlyIn("JSONPath", isChoicePath)]]),
  ]),
);
const comparisonNames = Object.keys(comparisons);
const kinds = ["And", "Or", "Not", "Variable", "Condition"];

/** A condition without what only a rule at the top has. */
const condition: Readonly<Record<string, Field>> = {
  And: onlyIn("JSONPath", listOf(isNested)),
  Or: onlyIn("JSONPath", listOf(isNested)),
  Not: onlyIn("JSONPath", isNested),
  Variable: onlyIn("JSONPath", isChoicePath),
  ...comparisons,
  Condition: onlyIn("JSONata", isCondition),
  Comment: inBoth(isText),
};

const rule: Readonly<Record<string, Field>> = {
  ...condition,
  Next: inBoth(isText),
  Assign: inBoth(checkAssign),
  Output: onlyIn("JSONata", isExpressionTemplate),
};

export const isChoices: Check = listOf(isRule);

function isRule(value: Json, place: Place, state: StateCheck): void {
  if (checkObject(value, place, state, { fields: rule, required: ["Next"] })) checkKind(value, place, state);
}

function isNested(value: Json, place: Place, state: StateCheck): void {
  if (checkObject(value, place, state, { fields: condition })) checkKind(value, place, state);
}

function checkKind(value: Json, place: Place, { diagnostics }: StateCheck): void {
  if (!isJsonObject(value)) return;
  if (kinds.filter((kind) => value[kind] !== undefined).length !== 1) {
    return diagnostics.schema(`The object must have only one of the following fields, [${kinds.join(", ")}]`, place);
  }
  if (value["Variable"] === undefined) return;
  const count = comparisonNames.filter((name) => value[name] !== undefined).length;
  const names = `[${comparisonNames.join(", ")}]`;
  if (count > 1) diagnostics.schema(`There should only be one of the following fields: ${names}`, place);
  if (count === 0) diagnostics.schema(`This object should have only one of the following fields: ${names}`, place);
}

function isCondition(value: Json, place: Place, state: StateCheck): void {
  if (typeof value === "boolean") return;
  if (isExpression(value)) checkExpression(value, place, state);
  else
    state.diagnostics.schema(
      typeof value === "string" ? "JSONata string must start with {% and end with %}" : "Expected value of type String",
      place,
    );
}
