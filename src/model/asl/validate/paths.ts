// Paths of JSONPath and the `.$` fields of payload templates.
import { isJsonObject, type Json } from "../../json.ts";
import { fieldOf, itemOf, type Place } from "./diagnostic.ts";
import { isIntrinsicCall, isJsonPath, referencePathFault } from "./pathSyntax.ts";
import type { Check, StateCheck } from "./objects.ts";

export const isPath: Check = (value, place, { diagnostics }) => {
  if (typeof value !== "string" || !isJsonPath(value)) diagnostics.schema("Value must be a valid JSONPath.", place);
};

export const isPathOrNull: Check = (value, place, state) => {
  if (value !== null) isPath(value, place, state);
};

/** ErrorPath and CausePath. */
export const isPathOrCall: Check = (value, place, state) => {
  if (typeof value === "string" && isIntrinsicCall(value)) return;
  isPath(value, place, state);
};

export const isReferencePath: Check = (value, place, state) => {
  if (typeof value !== "string" || !value.startsWith("$")) return state.diagnostics.schema("Value must be a valid JSONPath.", place);
  checkReferencePath(value, place, state);
};

/** ResultPath: its place is in the state's input, so neither a variable nor the context object. */
export const isResultPath: Check = (value, place, state) => {
  if (value === null) return;
  if (typeof value === "string" && /^\$[$\w]/.test(value)) return state.diagnostics.schema("Value must be a valid JSONPath.", place);
  isReferencePath(value, place, state);
};

/** Variable and the operands of `…Path` operators in a Choice. */
export const isChoicePath: Check = (value, place, state) => {
  if (typeof value !== "string") return state.diagnostics.schema("Expected value of type String", place);
  checkReferencePath(value, place, state);
};

function checkReferencePath(value: string, place: Place, { diagnostics }: StateCheck): void {
  const fault = referencePathFault(value);
  if (fault !== undefined) diagnostics.schema(`Value is not a Reference Path: ${fault}`, place);
}

/** A payload template: fields that end in `.$` hold a path or a call of an intrinsic function. */
export const isPathTemplate: Check = (value, place, state) => {
  if (Array.isArray(value)) {
    value.forEach((item: Json, index) => isPathTemplate(item, itemOf(place, index), state));
    return;
  }
  if (!isJsonObject(value)) return;
  for (const [name, member] of Object.entries(value)) {
    if (!name.endsWith(".$")) {
      warnOfForgottenDollar(member, fieldOf(place, name), state);
      isPathTemplate(member, fieldOf(place, name), state);
    } else if (typeof member !== "string" || !(isJsonPath(member) || isIntrinsicCall(member))) {
      state.diagnostics.schema(`The value for the field '${name}' must be a valid JSONPath or a valid intrinsic function call`, place);
    } else if (value[name.slice(0, -2)] !== undefined) {
      state.diagnostics.schema(`There should only be one of the following fields: [${name.slice(0, -2)}, ${name}]`, place);
    }
  }
};

function warnOfForgottenDollar(value: Json, place: Place, { diagnostics }: StateCheck): void {
  if (typeof value !== "string" || !looksEvaluated(value)) return;
  diagnostics.warning("NO_DOLLAR", "No .$ on a field that appears to be a JSONPath or Intrinsic Function.", place);
}

/** A text that somebody may have meant as a path or a call. */
export function looksEvaluated(text: string): boolean {
  return /^\$(?:$|\$?[.[])/.test(text) ? isJsonPath(text) : /^States\.[A-Z]/.test(text) && isIntrinsicCall(text);
}
