// Where ResultPath puts a result: into a copy of the state's input.
import { StateFailure } from "./failure.ts";
import { isReferencePath, normalStep, parsePath, type PathStep } from "./jsonPathParse.ts";
import { entriesOf, isArrayValue, isObjectValue, objectOf, writeValue, type Value } from "./value.ts";

/** The input with the result at the path; objects on the way are made, what is no object stands in the way. */
export function placeAt(path: string, input: Value, result: Value): Value {
  const { steps } = parsePath(path);
  return place(steps, 0, input, result, input);
}

function place(steps: readonly PathStep[], index: number, value: Value | undefined, result: Value, input: Value): Value {
  const step = steps[index];
  if (step === undefined) return result;
  if (step.type === "properties" && (value === undefined || isObjectValue(value))) {
    const [name = ""] = step.names;
    const members = value === undefined ? [] : entriesOf(value);
    const inner = value !== undefined && Object.hasOwn(value, name) ? value[name] : undefined;
    return objectOf([...members, [name, place(steps, index + 1, inner, result, input)]]);
  }
  if (step.type === "indexes" && isArrayValue(value)) {
    const [at = 0] = step.indexes;
    const target = at < 0 ? value.length + at : at;
    if (target >= 0 && target < value.length) return value.with(target, place(steps, index + 1, value[target], result, input));
  }
  throw conflict(step, input);
}

/** A step of a reference path does not fit the document. */
function conflict(step: PathStep, input: Value): StateFailure {
  const name = step.type === "properties" ? (step.names[0] ?? "") : normalStep(step);
  return new StateFailure("States.ReferencePathConflict", `Unable to apply step "${name}" to input ${writeValue(input)}`);
}

/** The value at a reference path, as Map reads ItemsPath; undefined for a path that is more than a reference. */
export function valueAtReference(path: string, document: Value): Value | undefined {
  const parsed = parsePath(path);
  if (!isReferencePath(parsed)) return undefined;
  let value = document;
  for (const step of parsed.steps) {
    const next = childAt(step, value);
    if (next === undefined) throw conflict(step, document);
    value = next;
  }
  return value;
}

function childAt(step: PathStep, value: Value): Value | undefined {
  if (step.type === "properties" && isObjectValue(value)) {
    const [name = ""] = step.names;
    return Object.hasOwn(value, name) ? value[name] : undefined;
  }
  return step.type === "indexes" && isArrayValue(value) ? value.at(step.indexes[0] ?? 0) : undefined;
}
