// Retry and Catch, and the Assign that states, rules and catchers share.
import { isJsonObject, type Json } from "../../json.ts";
import { statesLimits } from "../../limits/states.ts";
import type { Place } from "./diagnostic.ts";
import { fieldOf, itemOf } from "./diagnostic.ts";
import { isExpressionTemplate } from "./expressions.ts";
import { checkObject, type Check, type ObjectRule, type StateCheck } from "./objects.ts";
import { isPathTemplate, isResultPath } from "./paths.ts";
import { decimal, inBoth, integer, isText, listOf, oneOf, onlyIn } from "./values.ts";

const retrier: ObjectRule = {
  fields: {
    ErrorEquals: inBoth(listOf(isText)),
    IntervalSeconds: inBoth(integer(0, 99_999_999)),
    MaxAttempts: inBoth(integer(0, 99_999_999)),
    BackoffRate: inBoth(decimal(1)),
    MaxDelaySeconds: inBoth(integer(1, 31_622_400)),
    JitterStrategy: inBoth(oneOf(["NONE", "FULL"])),
    Comment: inBoth(isText),
  },
  required: ["ErrorEquals"],
};

/** What a catcher assigns and puts out sees `$states.errorOutput`. */
const inCatcher =
  (check: Check): Check =>
  (value, place, state) =>
    check(value, place, { ...state, hasErrorOutput: true });

const catcher: ObjectRule = {
  fields: {
    ErrorEquals: inBoth(listOf(isText)),
    Next: inBoth(isText),
    ResultPath: onlyIn("JSONPath", isResultPath),
    Assign: inBoth(inCatcher(checkAssign)),
    Output: onlyIn("JSONata", inCatcher(isExpressionTemplate)),
    Comment: inBoth(isText),
  },
  required: ["ErrorEquals", "Next"],
};

export const isRetriers: Check = (value, place, state) => checkHandlers(value, place, state, retrier);
export const isCatchers: Check = (value, place, state) => checkHandlers(value, place, state, catcher);

function checkHandlers(value: Json, place: Place, state: StateCheck, rule: ObjectRule): void {
  if (!Array.isArray(value)) return state.diagnostics.schema("Expected value of type Array", place);
  value.forEach((handler: Json, index) => {
    const at = itemOf(place, index);
    if (!checkObject(handler, at, state, rule) || !isJsonObject(handler) || !Array.isArray(handler["ErrorEquals"])) return;
    const names = handler["ErrorEquals"];
    const all = names.indexOf("States.ALL");
    if (all >= 0 && (names.length > 1 || index < value.length - 1)) {
      state.diagnostics.schema("States.ALL must appear alone and at end of list", itemOf(fieldOf(at, "ErrorEquals"), all));
    }
  });
}

const longestVariable = statesLimits.variableNameCharacters.value;

export function checkAssign(value: Json, place: Place, state: StateCheck): void {
  if (!isJsonObject(value)) return state.diagnostics.schema("Expected value of type Object", place);
  for (const field of Object.keys(value)) {
    const name = state.language === "JSONPath" && field.endsWith(".$") ? field.slice(0, -2) : field;
    checkVariable(name, fieldOf(place, field), state);
  }
  if (state.language === "JSONata") isExpressionTemplate(value, place, state);
  else isPathTemplate(value, place, state);
}

function checkVariable(name: string, place: Place, { diagnostics }: StateCheck): void {
  if (name === "states") return diagnostics.error("RESERVED_VARIABLE_NAME", "Cannot assign to reserved variable '$states'.", place);
  if (!/^[\p{ID_Start}][\p{ID_Continue}]*$/u.test(name)) {
    diagnostics.error("INVALID_VARIABLE_NAME", `Invalid variable name '${name}': the variable name contains invalid characters.`, place);
  } else if ([...name].length > longestVariable) {
    diagnostics.error(
      "INVALID_VARIABLE_NAME",
      `Invalid variable name '${name}': the variable name exceeds the ${longestVariable}-character limit.`,
      place,
    );
  }
}
