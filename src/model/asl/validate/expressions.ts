// JSONata in a definition: texts `{% … %}` in any JSON.
import { isJsonObject, type Json } from "../../json.ts";
import { fieldOf, itemOf, type Place } from "./diagnostic.ts";
import type { StateCheck } from "./objects.ts";

export function isExpression(value: Json): boolean {
  return typeof value === "string" && value.startsWith("{%") && value.endsWith("%}") && value.length >= 4;
}

export function checkExpression(value: Json, place: Place, state: StateCheck): void {
  if (typeof value !== "string") return;
  if (!isExpression(value)) {
    if (value.startsWith("{%") || value.endsWith("%}"))
      state.diagnostics.schema("JSONata string must start with {% and end with %}", place);
    return;
  }
}

/** Any JSON with expressions in its texts, however deep. */
export function isExpressionTemplate(value: Json, place: Place, state: StateCheck): void {
  if (typeof value === "string") checkExpression(value, place, state);
  else if (Array.isArray(value)) value.forEach((item: Json, index) => isExpressionTemplate(item, itemOf(place, index), state));
  else if (isJsonObject(value))
    for (const [name, member] of Object.entries(value)) isExpressionTemplate(member, fieldOf(place, name), state);
}
