import type { Constraint } from "../constraints.ts";
import { oneOf } from "../constraints.ts";
import { invalid, invalidParameter } from "../errors.ts";
import { project } from "../expressions/paths.ts";
import type { Projection } from "../expressions/projection.ts";
import type { ExpressionKind } from "../expressions/syntax.ts";

// The parameters that expressions replaced: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LegacyConditionalParameters.html

/** What an operation takes of either kind, in the order in which AWS lists them in its message. */
export interface ParameterKinds {
  readonly expressions: readonly ExpressionKind[];
  readonly legacy: readonly string[];
}

export const putParameters: ParameterKinds = { expressions: ["ConditionExpression"], legacy: ["Expected", "ConditionalOperator"] };
export const updateParameters: ParameterKinds = {
  expressions: ["UpdateExpression", "ConditionExpression"],
  legacy: ["AttributeUpdates", "Expected", "ConditionalOperator"],
};
export const getParameters: ParameterKinds = { expressions: ["ProjectionExpression"], legacy: ["AttributesToGet"] };
export const queryParameters: ParameterKinds = {
  expressions: ["ProjectionExpression", "FilterExpression", "KeyConditionExpression"],
  legacy: ["AttributesToGet", "QueryFilter", "ConditionalOperator", "KeyConditions"],
};
export const scanParameters: ParameterKinds = {
  expressions: ["ProjectionExpression", "FilterExpression"],
  legacy: ["AttributesToGet", "ScanFilter", "ConditionalOperator"],
};

/** Refuses expressions beside what they replaced, and names or values without an expression that could use them. */
export function checkParameters(input: object, { expressions, legacy }: ParameterKinds): void {
  const isGiven = (name: string): boolean => Reflect.get(input, name) !== undefined;
  const given = expressions.filter(isGiven);
  if (given.length > 0) {
    const others = legacy.filter((name) => isGiven(name) && (name !== "KeyConditions" || isGiven("KeyConditionExpression")));
    if (others.length > 0) {
      throw invalid(
        `Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {${others.join(", ")}} Expression parameters: {${given.join(", ")}}`,
      );
    }
  } else if (isGiven("ExpressionAttributeNames")) throw invalid("ExpressionAttributeNames can only be specified when using expressions");
  if (!isGiven("ExpressionAttributeValues")) return;
  // Projections take no values.
  if (given.some((name) => name !== "ProjectionExpression")) return;
  const bearers = expressions.filter((name) => name !== "ProjectionExpression");
  throw invalid(
    `ExpressionAttributeValues can only be specified when using expressions: ${bearers.join(" and ")} ${bearers.length > 1 ? "are" : "is"} null`,
  );
}

export function conditionalOperatorConstraint(operator: string | undefined): Constraint {
  return oneOf(operator, "conditionalOperator", ["OR", "AND"]);
}

export function attributesToGetConstraint(names: readonly string[] | undefined, at = "attributesToGet"): Constraint {
  return names?.length === 0
    ? `Value '[]' at '${at}' failed to satisfy constraint: Member must have length greater than or equal to 1`
    : undefined;
}

/** ConditionalOperator joins at least two conditions. */
export function checkConditionalOperator(operator: string | undefined, conditions: object | undefined): void {
  if (operator === undefined) return;
  const count = Object.keys(conditions ?? {}).length;
  if (count === 0) throw invalid("ConditionalOperator cannot be used without Filter or Expected");
  if (count === 1) throw invalid("ConditionalOperator can only be used when Filter or Expected has two or more elements");
}

/** AttributesToGet as a projection of whole attributes. */
export function readAttributesToGet(names: readonly string[] | undefined): Projection | undefined {
  if (names === undefined) return undefined;
  const twice = names.find((name, position) => names.indexOf(name) !== position);
  if (twice !== undefined) throw invalidParameter(`Duplicate value in attribute name: ${twice}`);
  const paths = names.map((name) => [name]);
  return { paths, parameter: "AttributesToGet", apply: (item) => project(item, paths) };
}
