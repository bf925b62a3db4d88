import { isJsonObject, type Json, type JsonObject } from "../../json.ts";

/** Names that states of this flow, and of the flows around it, assign: those that a state can read. `steps` lead to the state. */
export function variablesInScope(definition: JsonObject, steps: readonly (string | number)[]): readonly string[] {
  const names = new Set<string>();
  let at: Json | undefined = definition;
  for (const step of ["", ...steps]) {
    if (step !== "") at = Array.isArray(at) ? at[Number(step)] : isJsonObject(at) ? at[String(step)] : undefined;
    const states = isJsonObject(at) ? at["States"] : undefined;
    if (isJsonObject(states)) for (const state of Object.values(states)) if (isJsonObject(state)) collect(state, names);
  }
  return [...names].sort();
}

function collect(state: JsonObject, names: Set<string>): void {
  const holders = [state, ...["Choices", "Catch"].flatMap((list) => (Array.isArray(state[list]) ? state[list] : []))];
  for (const holder of holders) {
    const assign = isJsonObject(holder) ? holder["Assign"] : undefined;
    if (isJsonObject(assign)) for (const name of Object.keys(assign)) names.add(name.replace(/\.\$$/, ""));
  }
}
