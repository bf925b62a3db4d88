// The templates of both query languages, filled in; and paths of fields that are paths alone.
import type { Json } from "../json.ts";
import { runtimeFailure } from "./failure.ts";
import { evaluateExpression, expressionIn } from "./jsonata.ts";
import { PathNotFoundError } from "./jsonPath.ts";
import { parsePath } from "./jsonPathParse.ts";
import { evaluatePathExpression } from "./pathExpression.ts";
import { readIn } from "./reference.ts";
import type { PathScope, Scope } from "./scope.ts";
import { entriesOf, isArrayValue, isObjectValue, objectOf, type Value } from "./value.ts";

/** The value at a path of a field like InputPath; a path of `null` gives `{}`. */
export function valueAtPath(path: string | null, scope: PathScope): Value {
  if (path === null) return {};
  if (path === "$") return scope.input;
  try {
    return readIn(parsePath(path), scope);
  } catch (error) {
    if (error instanceof PathNotFoundError) throw runtimeFailure(`Invalid path '${path}' : ${error.message}`);
    throw error;
  }
}

/** JSONPath: fields `name.$` become `name` with what their path or function gives. */
export function fillPathTemplate(template: Value, scope: PathScope): Value {
  if (isArrayValue(template)) return template.map((item) => fillPathTemplate(item, scope));
  if (!isObjectValue(template)) return template;
  return objectOf(
    entriesOf(template).map(([key, member]) =>
      key.endsWith(".$") && typeof member === "string"
        ? [key.slice(0, -2), evaluatePathExpression(member, key, scope)]
        : [key, fillPathTemplate(member, scope)],
    ),
  );
}

/** JSONata: texts `{% … %}` become what they give; `field` leads to the template. */
export async function fillExpressionTemplate(template: Value | Json, field: string, scope: Scope): Promise<Value> {
  if (typeof template === "string") {
    const expression = expressionIn(template);
    return expression === undefined ? template : evaluateExpression(expression, field, scope);
  }
  if (!hasExpression(template)) return template;
  if (isArrayValue(template)) {
    const items: Value[] = [];
    for (const [index, item] of template.entries()) items.push(await fillExpressionTemplate(item, `${field}[${index}]`, scope));
    return items;
  }
  if (!isObjectValue(template)) return template;
  const members: [string, Value][] = [];
  for (const [key, member] of entriesOf(template)) members.push([key, await fillExpressionTemplate(member, `${field}/${key}`, scope)]);
  return objectOf(members);
}

function hasExpression(template: Value): boolean {
  if (typeof template === "string") return expressionIn(template) !== undefined;
  if (isArrayValue(template)) return template.some(hasExpression);
  return isObjectValue(template) && Object.values(template).some(hasExpression);
}
