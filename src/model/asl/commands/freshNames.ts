// A copy of a state, with names that are free for the states inside it: names are unique in the whole machine.
import { isJsonObject, type Json, type JsonObject } from "../../json.ts";
import { freeStateName } from "./flow.ts";

/** Adds the names that it gives to `taken`. */
export function withFreshNames(state: JsonObject, taken: Set<string>): JsonObject {
  const branches = state["Branches"];
  const processors = ["ItemProcessor", "Iterator"].flatMap((field): [string, Json][] => {
    const flow = state[field];
    return flow === undefined ? [] : [[field, freshFlow(flow, taken)]];
  });
  return {
    ...state,
    ...(Array.isArray(branches) ? { Branches: branches.map((branch) => freshFlow(branch, taken)) } : {}),
    ...Object.fromEntries(processors),
  };
}

function freshFlow(flow: Json, taken: Set<string>): Json {
  const states = isJsonObject(flow) ? flow["States"] : undefined;
  if (!isJsonObject(flow) || !isJsonObject(states)) return flow;
  const names = new Map(
    Object.keys(states).map((name) => {
      const free = freeStateName(name, taken);
      taken.add(free);
      return [name, free];
    }),
  );
  const entries = Object.entries(states).map(([name, state]): [string, Json] => [
    names.get(name) ?? name,
    isJsonObject(state) ? withFreshNames(retargetedState(state, names), taken) : state,
  ]);
  return { ...retargeted(flow, names), States: Object.fromEntries(entries) };
}

function retargetedState(state: JsonObject, names: ReadonlyMap<string, string>): JsonObject {
  const lists = ["Choices", "Catch"].flatMap((field): [string, Json][] => {
    const list = state[field];
    return Array.isArray(list) ? [[field, list.map((rule) => (isJsonObject(rule) ? retargeted(rule, names) : rule))]] : [];
  });
  return { ...retargeted(state, names), ...Object.fromEntries(lists) };
}

function retargeted(json: JsonObject, names: ReadonlyMap<string, string>): JsonObject {
  return Object.fromEntries(
    Object.entries(json).map(([key, value]) =>
      ["StartAt", "Next", "Default"].includes(key) && typeof value === "string" ? [key, names.get(value) ?? value] : [key, value],
    ),
  );
}
