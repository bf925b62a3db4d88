// A flow as JSON: its states, the ways between them, and the names in use. Tolerant: what is not there is not found.
import { isJsonObject, type Json, type JsonObject } from "../../json.ts";
import { everyState } from "../validate/graph.ts";
import { root } from "../validate/diagnostic.ts";
import { CommandError } from "../../design/commandError.ts";
import type { Steps, Way } from "./command.ts";
import { words } from "../../words.ts";

export interface Transition {
  readonly way: Way;
  readonly to: string;
  /** Of the text that names the state, below the flow. */
  readonly path: Steps;
}

export function valueAt(json: Json | undefined, steps: Steps): Json | undefined {
  return steps.reduce<Json | undefined>((value, step) => {
    if (Array.isArray(value)) return typeof step === "number" ? value[step] : undefined;
    return isJsonObject(value) && Object.hasOwn(value, String(step)) ? value[String(step)] : undefined;
  }, json);
}

export function flowAt(definition: JsonObject, steps: Steps): JsonObject {
  const flow = valueAt(definition, steps);
  if (!isJsonObject(flow)) throw new CommandError(words("The branch or lane is no longer in the definition. Choose a place that is."));
  return flow;
}

export function stateAt(definition: JsonObject, steps: Steps): JsonObject {
  const state = valueAt(definition, steps);
  if (!isJsonObject(state))
    throw new CommandError(words("The state {{name}} is no longer in the definition.", { name: String(steps.at(-1)) }));
  return state;
}

/** Steps to the flow that a state stands in, and its name. */
export function splitState(steps: Steps): { readonly flow: Steps; readonly name: string } {
  return { flow: steps.slice(0, -2), name: String(steps.at(-1)) };
}

export function statesOf(flow: JsonObject): JsonObject {
  const states = flow["States"];
  return isJsonObject(states) ? states : {};
}

export function listOf(json: JsonObject, field: string): readonly Json[] {
  const list = json[field];
  return Array.isArray(list) ? list : [];
}

/** Every way of a flow that names a state, in the order in which they are written. */
export function transitionsOf(flow: JsonObject): readonly Transition[] {
  const found: Transition[] = [];
  const add = (to: Json | undefined, way: Way, path: Steps): void => {
    if (typeof to === "string") found.push({ way, to, path });
  };
  add(flow["StartAt"], { kind: "start" }, ["StartAt"]);
  for (const [from, state] of Object.entries(statesOf(flow))) {
    if (!isJsonObject(state)) continue;
    const at: Steps = ["States", from];
    add(state["Next"], { kind: "next", from }, [...at, "Next"]);
    listOf(state, "Choices").forEach((rule, index) => {
      if (isJsonObject(rule)) add(rule["Next"], { kind: "choice", from, index }, [...at, "Choices", index, "Next"]);
    });
    add(state["Default"], { kind: "default", from }, [...at, "Default"]);
    listOf(state, "Catch").forEach((catcher, index) => {
      if (isJsonObject(catcher)) add(catcher["Next"], { kind: "catch", from, index }, [...at, "Catch", index, "Next"]);
    });
  }
  return found;
}

/** The state that a way leads to; null: it leads to the end, to nothing, or is not written yet. */
export function targetOf(flow: JsonObject, way: Way): string | null {
  const target = valueAt(flow, pathOf(way));
  return typeof target === "string" && isJsonObject(statesOf(flow)[target]) ? target : null;
}

export function pathOf(way: Way): Steps {
  switch (way.kind) {
    case "start":
      return ["StartAt"];
    case "next":
      return ["States", way.from, "Next"];
    case "default":
      return ["States", way.from, "Default"];
    case "choice":
      return ["States", way.from, "Choices", way.index, "Next"];
    case "catch":
      return ["States", way.from, "Catch", way.index, "Next"];
  }
}

/** Where the flow goes on behind a state when nothing special happens; null: it ends. */
export function followerOf(name: string, state: JsonObject): string | null {
  const rules = listOf(state, "Choices").flatMap((rule) => (isJsonObject(rule) ? [rule["Next"]] : []));
  const next = [state["Next"], state["Default"], ...rules].find((target) => typeof target === "string" && target !== name);
  return typeof next === "string" ? next : null;
}

/** Has `Next` or `End`. */
export function goesOn(state: JsonObject): boolean {
  return !["Choice", "Succeed", "Fail"].includes(String(state["Type"]));
}

/** AWS wants names unique in the whole machine. */
export function namesIn(definition: JsonObject): ReadonlySet<string> {
  return new Set([...everyState(definition, root)].map(({ name }) => name));
}

/** `Charge`, or `Charge 2`, `Charge 3`… whichever no state has yet. */
export function freeStateName(wanted: string, taken: ReadonlySet<string>): string {
  const stem = wanted.replace(/ \d+$/, "").slice(0, 72);
  let name = wanted;
  for (let number = 2; taken.has(name); number += 1) name = `${stem} ${number}`;
  return name;
}

const longestName = 80;

export function checkName(definition: JsonObject, name: string): void {
  if (name.trim() === "") throw new CommandError(words("A state needs a name."));
  if ([...name].length > longestName)
    throw new CommandError(words("A state's name has at most {{most}} characters.", { most: longestName }));
  if (namesIn(definition).has(name))
    throw new CommandError(words("A state named {{name}} is there already; names are unique in the whole machine.", { name }));
}
