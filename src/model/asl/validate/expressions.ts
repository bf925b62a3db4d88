// JSONata in a definition: texts `{% … %}` in any JSON.
import { isJsonObject, type Json } from "../../json.ts";
import { expressionIn } from "../jsonata.ts";
import { fieldOf, itemOf, type Place } from "./diagnostic.ts";
import { expressionFaults } from "./jsonata.ts";
import type { StateCheck } from "./objects.ts";

export function isExpression(value: Json): boolean {
  return typeof value === "string" && expressionIn(value) !== undefined;
}

export function checkExpression(value: Json, place: Place, state: StateCheck): void {
  if (typeof value !== "string") return;
  const expression = expressionIn(value);
  if (expression !== undefined) {
    for (const { code, message } of expressionFaults(expression, fieldsOfStates(state))) state.diagnostics.error(code, message, place);
  } else if (value.startsWith("{%") || value.endsWith("%}")) {
    state.diagnostics.schema("JSONata string must start with {% and end with %}", place);
  }
}

const everywhere = ["input", "context"];

function fieldsOfStates({ hasResult, hasErrorOutput }: StateCheck): ReadonlySet<string> {
  return new Set([...everywhere, ...(hasResult ? ["result"] : []), ...(hasErrorOutput ? ["errorOutput"] : [])]);
}

/** Any JSON with expressions in its texts, however deep. */
export function isExpressionTemplate(value: Json, place: Place, state: StateCheck): void {
  if (typeof value === "string") checkExpression(value, place, state);
  else if (Array.isArray(value)) value.forEach((item: Json, index) => isExpressionTemplate(item, itemOf(place, index), state));
  else if (isJsonObject(value))
    for (const [name, member] of Object.entries(value)) isExpressionTemplate(member, fieldOf(place, name), state);
}
