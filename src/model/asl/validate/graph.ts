// What holds of the states together: their names, that transitions lead somewhere, that the flow ends and all is reached.
import { isJsonObject, type Json, type JsonObject } from "../../json.ts";
import { statesLimits } from "../../limits/states.ts";
import { fieldOf, itemOf, type Diagnostics, type Place } from "./diagnostic.ts";

const longestName = statesLimits.stateNameCharacters.value;

/** Names are unique in the whole machine, labels as well. */
export function checkNames(machine: JsonObject, place: Place, diagnostics: Diagnostics): void {
  const names = new Set<string>();
  const labels = new Set<string>();
  for (const { name, state, at } of everyState(machine, place)) {
    if ([...name].length > longestName) {
      diagnostics.error(
        "INVALID_STATE_NAME",
        `Invalid State name: State '${name}' exceeds the ${longestName}-character limit allowed by the service`,
        at,
      );
    }
    if (names.has(name)) diagnostics.error("DUPLICATE_STATE_NAME", `Duplicate State name: ${name}`, at);
    names.add(name);
    const label = state["Label"];
    if (typeof label !== "string") continue;
    if (labels.has(label)) diagnostics.error("DUPLICATE_LABEL_NAME", `Duplicate Label name: ${label}`, fieldOf(at, "Label"));
    labels.add(label);
  }
}

interface PlacedState {
  readonly name: string;
  readonly state: JsonObject;
  readonly at: Place;
}

function* statesOf(flow: JsonObject, place: Place): Generator<PlacedState> {
  const states = flow["States"];
  if (!isJsonObject(states)) return;
  const at = fieldOf(place, "States");
  for (const [name, state] of Object.entries(states)) if (isJsonObject(state)) yield { name, state, at: fieldOf(at, name) };
}

/** Every state with those inside it, wherever nested. */
export function* everyState(flow: JsonObject, place: Place): Generator<PlacedState> {
  for (const placed of statesOf(flow, place)) {
    yield placed;
    for (const nested of flowsIn(placed)) yield* everyState(nested.flow, nested.at);
  }
}

export function* flowsIn({ state, at }: PlacedState): Generator<{ flow: JsonObject; at: Place }> {
  const branches = state["Branches"];
  if (Array.isArray(branches)) {
    const place = fieldOf(at, "Branches");
    for (const [index, branch] of branches.entries()) if (isJsonObject(branch)) yield { flow: branch, at: itemOf(place, index) };
  }
  for (const field of ["ItemProcessor", "Iterator"]) {
    const flow = state[field];
    if (isJsonObject(flow)) yield { flow, at: fieldOf(at, field) };
  }
}

interface Transition {
  readonly target: string;
  readonly at: Place;
}

/** The flow and those inside its states. */
export function checkFlow(flow: JsonObject, place: Place, diagnostics: Diagnostics): void {
  const states = [...statesOf(flow, place)];
  const names = new Set(states.map(({ name }) => name));
  const start: Transition[] = typeof flow["StartAt"] === "string" ? [{ target: flow["StartAt"], at: fieldOf(place, "StartAt") }] : [];
  const targets = new Map(states.map((placed) => [placed.name, transitionsOf(placed)]));
  for (const { target, at } of [...start, ...[...targets.values()].flat()]) {
    // AWS says 'Next' of StartAt and Default too.
    if (!names.has(target)) diagnostics.error("MISSING_TRANSITION_TARGET", `Missing 'Next' target: ${target}`, at);
  }
  if (states.some(isTerminal)) checkReached(states, targets, start, diagnostics);
  else diagnostics.unplaced("MISSING_END_STATE", "Workflow has no terminal state");
  for (const placed of states) for (const nested of flowsIn(placed)) checkFlow(nested.flow, nested.at, diagnostics);
}

function transitionsOf({ state, at }: PlacedState): Transition[] {
  const found: Transition[] = [];
  const add = (target: Json | undefined, place: Place): void => {
    if (typeof target === "string") found.push({ target, at: place });
  };
  add(state["Next"], fieldOf(at, "Next"));
  for (const field of ["Choices", "Catch"]) {
    const rules = state[field];
    if (!Array.isArray(rules)) continue;
    const place = fieldOf(at, field);
    for (const [index, rule] of rules.entries()) if (isJsonObject(rule)) add(rule["Next"], fieldOf(itemOf(place, index), "Next"));
  }
  add(state["Default"], fieldOf(at, "Default"));
  return found;
}

function isTerminal({ state }: PlacedState): boolean {
  return state["End"] === true || state["Type"] === "Succeed" || state["Type"] === "Fail";
}

/** States that nothing leads to are told; what only they lead to is not told again. Then circles that nothing leads into. */
function checkReached(
  states: readonly PlacedState[],
  targets: ReadonlyMap<string, readonly Transition[]>,
  start: readonly Transition[],
  diagnostics: Diagnostics,
): void {
  const entered = new Set(start.map(({ target }) => target));
  for (const { name } of states) for (const { target } of targets.get(name) ?? []) if (target !== name) entered.add(target);
  const reached = new Set<string>();
  const reach = (first: string): void => {
    const waiting = [first];
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      if (reached.has(name)) continue;
      reached.add(name);
      for (const { target } of targets.get(name) ?? []) waiting.push(target);
    }
  };
  for (const { target } of start) reach(target);
  const unreached = new Set(states.filter(({ name }) => !entered.has(name)).map(({ name }) => name));
  for (const name of unreached) reach(name);
  for (const { name, at } of states) {
    if (reached.has(name) && !unreached.has(name)) continue;
    diagnostics.error("MISSING_TRANSITION_TARGET", `State "${name}" is not reachable.`, at);
    reach(name);
  }
}
