// What the interpreter calls to evaluate the fields of a state, in both query languages. Everything fails by throwing a
// StateFailure with AWS's error and text. JSONPath is evaluated at once; JSONata through a promise, in steps that are counted.
import type { Json, JsonObject } from "../json.ts";
import { evaluateTyped } from "./amounts.ts";
import { holds } from "./choice.ts";
import type { Condition } from "./definition.ts";
import { runtimeFailure } from "./failure.ts";
import { expressionIn } from "./jsonata.ts";
import { placeAt, valueAtReference } from "./resultPath.ts";
import type { PathScope, Scope } from "./scope.ts";
import { fillExpressionTemplate, fillPathTemplate, valueAtPath } from "./template.ts";
import { entriesOf, isArrayValue, isObjectValue, type Value } from "./value.ts";
import { checkSizes } from "./variables.ts";

export { evaluateAmount, evaluateFailText, evaluateWait } from "./amounts.ts";
export { evaluatePathExpression as valueOfPathField } from "./pathExpression.ts";
export { valueAtPath } from "./template.ts";

/** JSONPath: Parameters, ResultSelector, ItemSelector, Assign …: the template with its `.$` fields filled in. */
export function fillTemplate(template: Json, scope: PathScope): Value {
  return fillPathTemplate(template, scope);
}

/** JSONPath: the state's input with the result at ResultPath; `null` discards the result. */
export function placeResult(resultPath: string | null, input: Value, result: Value): Value {
  if (resultPath === null) return input;
  return resultPath === "$" ? result : placeAt(resultPath, input, result);
}

/** JSONPath: the items of a Map at its ItemsPath. */
export function itemsAtPath(path: string, scope: PathScope): readonly Value[] {
  const value = path.startsWith("$$") || /^\$\w/.test(path) ? undefined : valueAtReference(path, scope.input);
  const items = value ?? valueAtPath(path, scope);
  if (!isArrayValue(items)) throw runtimeFailure(`Reference path "${path}" must point to array.`);
  return items;
}

/** JSONPath: whether a rule of a Choice holds. */
export function testCondition(condition: Condition, scope: PathScope): boolean {
  return holds(condition, scope);
}

/** JSONata: any JSON whose strings `{% … %}`, however deep, are replaced by what they give; `field` begins the location (`Arguments`). */
export function evaluateTemplate(template: Json, field: string, scope: Scope): Promise<Value> {
  return fillExpressionTemplate(template, field, scope);
}

/** JSONata: Condition of a rule of a Choice (`Choices[0]/Condition`), which must give a boolean. */
export async function evaluateCondition(expression: string | boolean, field: string, scope: Scope): Promise<boolean> {
  if (typeof expression === "boolean") return expression;
  return (await evaluateTyped(expressionIn(expression) ?? expression, "boolean", field, scope)) === true;
}

/** JSONata: Items, which must give an array. */
export async function evaluateItems(items: Json, scope: Scope): Promise<readonly Value[]> {
  const expression = typeof items === "string" ? expressionIn(items) : undefined;
  const value =
    expression === undefined
      ? await fillExpressionTemplate(items, "Items", scope)
      : await evaluateTyped(expression, "array", "Items", scope);
  return isArrayValue(value) ? value : [value];
}

/** JSONata: the variables that an Assign sets, all evaluated against the old ones. */
export async function evaluateAssign(assign: JsonObject, field: string, scope: Scope): Promise<ReadonlyMap<string, Value>> {
  return assignedOf(await fillExpressionTemplate(assign, field, scope), scope);
}

/** JSONPath: the same. */
export function fillAssign(assign: JsonObject, scope: PathScope): ReadonlyMap<string, Value> {
  return assignedOf(fillPathTemplate(assign, scope), scope);
}

function assignedOf(filled: Value, scope: PathScope): ReadonlyMap<string, Value> {
  const assigned = new Map(isObjectValue(filled) ? entriesOf(filled) : []);
  checkSizes(assigned, scope.variables);
  return assigned;
}
