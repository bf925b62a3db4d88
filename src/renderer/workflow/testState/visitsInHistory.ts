// What an execution brought to each of its states, read from its history. Pure; `visits.ts` fetches the histories.
import { isJsonObject, type Json } from "../../../model/json.ts";
import type { Inspection } from "../../../model/run.ts";

export interface Visit {
  /** Name of the execution. */
  readonly execution: string;
  readonly input: string;
  /** As they were when the state was entered: JSON texts by name. */
  readonly variables: Readonly<Record<string, string>>;
  /** As JSON text. */
  readonly result?: string;
}

/** By the state's name. */
export type Visits = ReadonlyMap<string, Visit>;

/** The last visit of each state in one history. */
export function visitsIn(rows: Inspection["rows"], execution: string): Visits {
  const visits = new Map<string, Visit>();
  /** State in whose doing an event happened. */
  const owners = new Map<number, string>();
  let variables: Visit["variables"] = {};
  for (const { id, cells, detail } of rows) {
    const type = String(cells["type"]);
    const state = typeof cells["state"] === "string" ? cells["state"] : undefined;
    const previous = isJsonObject(detail) ? detail["previousEventId"] : undefined;
    if (type.endsWith("StateEntered") && state !== undefined) {
      visits.set(state, { execution, input: typeof cells["data"] === "string" ? cells["data"] : "{}", variables });
      owners.set(Number(id), state);
    } else if (type.endsWith("StateExited")) variables = { ...variables, ...assignedIn(detail) };
    else {
      const owner = typeof previous === "number" ? owners.get(previous) : undefined;
      if (owner === undefined) continue;
      owners.set(Number(id), owner);
      const visit = visits.get(owner);
      const result = cells["data"];
      if (visit !== undefined && typeof result === "string" && /^(?:Task|LambdaFunction|Activity)Succeeded$/.test(type))
        visits.set(owner, { ...visit, result });
    }
  }
  return visits;
}

function assignedIn(detail: Json): Visit["variables"] {
  const exited = isJsonObject(detail) ? detail["stateExitedEventDetails"] : undefined;
  const assigned = isJsonObject(exited) ? exited["assignedVariables"] : undefined;
  if (!isJsonObject(assigned)) return {};
  return Object.fromEntries(Object.entries(assigned).map(([name, text]) => [name, typeof text === "string" ? text : JSON.stringify(text)]));
}

export function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
