// The variables of JSONPath's and JSONata's Assign.
import { statesLimits } from "../limits/states.ts";
import { StateFailure } from "./failure.ts";
import { writeValue, type Value } from "./value.ts";

/** The variables that a state can read: those of its own flow, and those of the flows around it. Never changed in place. */
export interface Variables {
  readonly own: ReadonlyMap<string, Value>;
  readonly outer?: Variables;
}

export function variableNamed(variables: Variables, name: string): Value | undefined {
  for (let scope: Variables | undefined = variables; scope !== undefined; scope = scope.outer) {
    const value = scope.own.get(name);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** All variables by their names, the inner before the outer. */
export function allVariables(variables: Variables): ReadonlyMap<string, Value> {
  return variables.outer === undefined ? variables.own : new Map([...allVariables(variables.outer), ...variables.own]);
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html#variable-limits */
const maxAssignBytes = statesLimits.assignBytes.value;
const maxVariablesBytes = statesLimits.variablesBytes.value;

/** Throws where values that an Assign sets, or all that there would be then, are larger than AWS allows. */
export function checkSizes(assigned: ReadonlyMap<string, Value>, before: Variables): void {
  const size = sizeOf(assigned);
  if (size > maxAssignBytes) throw tooLarge("The variables that the state assigns exceed", maxAssignBytes);
  const all = allVariables(before);
  // so few cannot be too large: each was assigned once
  if ((all.size + 1) * maxAssignBytes <= maxVariablesBytes) return;
  if (size + sizeOf(all) > maxVariablesBytes) throw tooLarge("The variables of the execution exceed", maxVariablesBytes);
}

function tooLarge(what: string, limit: number): StateFailure {
  return new StateFailure("States.DataLimitExceeded", `${what} the maximum of ${limit} bytes.`);
}

function sizeOf(values: ReadonlyMap<string, Value>): number {
  let bytes = 0;
  for (const value of values.values()) bytes += utf8Length(writeValue(value));
  return bytes;
}

function utf8Length(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    // a pair of surrogates takes four bytes: one more for each of the two
    if (code >= 0x80) bytes += code >= 0x800 && (code < 0xd800 || code > 0xdfff) ? 2 : 1;
  }
  return bytes;
}
