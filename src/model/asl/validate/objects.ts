// Objects of the language as tables: which fields they take, of which query language, and how each is checked.
import { isJsonObject, type Json, type JsonObject } from "../../json.ts";
import type { QueryLanguage } from "../definition.ts";
import { fieldOf, type Diagnostics, type Place } from "./diagnostic.ts";

/** What checks of one state share. */
export interface StateCheck {
  readonly diagnostics: Diagnostics;
  readonly language: QueryLanguage;
  /** Of the whole machine: nested states take it, not that of the state around them. */
  readonly machineLanguage: QueryLanguage;
  readonly isExpress: boolean;
  /** Whether `$states.result` exists in Output and Assign. */
  readonly hasResult: boolean;
  /** Whether `$states.errorOutput` exists. */
  readonly hasErrorOutput: boolean;
}

export type Check = (value: Json, place: Place, state: StateCheck) => void;

export interface Field {
  readonly check: Check;
  /** The only language that has it. */
  readonly language?: QueryLanguage;
}

export interface ObjectRule {
  readonly fields: Readonly<Record<string, Field>>;
  readonly required?: readonly string[];
  readonly groups?: readonly FieldGroup[];
}

/** Fields that exclude each other; the order is that of AWS's message. */
interface FieldGroup {
  readonly fields: readonly string[];
  readonly isRequired?: boolean;
}

export function checkObject(value: Json, place: Place, state: StateCheck, rule: ObjectRule): value is JsonObject {
  if (!isJsonObject(value)) {
    state.diagnostics.schema("Expected value of type Object", place);
    return false;
  }
  const missing = (rule.required ?? []).filter((name) => value[name] === undefined);
  if (missing.length > 0) state.diagnostics.schema(`These fields are required: [${missing.join(", ")}]`, place);
  for (const group of rule.groups ?? []) checkGroup(value, place, state, group);
  for (const [name, member] of Object.entries(value)) checkField(name, member, place, state, rule);
  return true;
}

function checkGroup(value: JsonObject, place: Place, state: StateCheck, group: FieldGroup): void {
  const present = group.fields.filter((name) => value[name] !== undefined);
  if (present.length > 1) state.diagnostics.schema(`There should only be one of the following fields: [${group.fields.join(", ")}]`, place);
  if (present.length === 0 && group.isRequired) {
    state.diagnostics.schema(`This object should have only one of the following fields: [${group.fields.join(", ")}]`, place);
  }
}

function checkField(name: string, value: Json, place: Place, state: StateCheck, rule: ObjectRule): void {
  const field = Object.hasOwn(rule.fields, name) ? rule.fields[name] : undefined;
  if (!field) return state.diagnostics.schema(`Field '${name}' is not supported`, place);
  if (field.language && field.language !== state.language) {
    const message = `The QueryLanguage is set to '${state.language}', but field '${name}' is only supported for the '${field.language}' QueryLanguage`;
    return state.diagnostics.schema(message, place);
  }
  field.check(value, fieldOf(place, name), state);
}
