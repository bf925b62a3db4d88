// What the newest executions of a machine brought to each of its states: inputs to test with, and paths to complete.
import { useEffect } from "react";
import { create } from "zustand";
import type { CompletionScope } from "../../../model/asl/complete/suggestion.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../model/json.ts";
import type { Inspection } from "../../../model/run.ts";
import type { ResourceRef } from "../../../model/trace.ts";
import { call } from "../../app/api.ts";
import { onSpans } from "../../app/stores/live.ts";
import { useRun } from "../../app/stores/run.ts";

export interface Visit {
  /** Name of the execution. */
  readonly execution: string;
  readonly input: string;
  /** As they were when the state was entered. */
  readonly variables: JsonObject;
  readonly result?: Json;
}

/** By the state's name. */
export type Visits = ReadonlyMap<string, Visit>;

const nothing: Visits = new Map();
const useVisitStore = create<{ visits: Readonly<Record<string, Visits>> }>(() => ({ visits: {} }));

/** The machine as it is deployed; undefined: it does not run. */
export function useDeployedMachine(machine: string): ResourceRef | undefined {
  return useRun(({ run }) =>
    run.type === "running" ? run.resources.find((one) => one.service === "states" && one.logicalId === machine) : undefined,
  );
}

export function useVisits(machine: string): Visits {
  return useVisitStore((store) => store.visits[machine] ?? nothing);
}

/** Of one state, outside of React. */
export function visitOf(machine: string, state: string): Visit | undefined {
  return useVisitStore.getState().visits[machine]?.get(state);
}

/** What paths and expressions are completed from. */
export function samplesOfVisit(visit: Visit | undefined): CompletionScope["samples"] {
  const input = visit === undefined ? undefined : parsed(visit.input);
  return {
    ...(input === undefined ? {} : { input }),
    ...(visit?.result === undefined ? {} : { result: visit.result }),
    ...(visit === undefined ? {} : { variables: visit.variables }),
  };
}

const refreshMilliseconds = 800;
const executionsRead = 6;
const eventsRead = 1000;

/** Keeps the visits of a machine as new as its executions, while something shows them. */
export function useFollowedVisits(machine: string): void {
  const resource = useDeployedMachine(machine);
  useEffect(() => {
    if (resource === undefined) return;
    let isLeft = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = (): void => {
      timer = undefined;
      readVisits(resource).then(
        (visits) => !isLeft && useVisitStore.setState((store) => ({ visits: { ...store.visits, [machine]: visits } })),
        // the runtime has stopped meanwhile: what was seen before stays
        () => undefined,
      );
    };
    read();
    const stop = onSpans(({ ended }) => {
      if (ended.some((span) => span.service === "states" && span.operation !== "TestState"))
        timer ??= setTimeout(read, refreshMilliseconds);
    });
    return () => {
      isLeft = true;
      clearTimeout(timer);
      stop();
    };
  }, [machine, resource]);
}

async function readVisits({ service, name, region }: ResourceRef): Promise<Visits> {
  const inspect = (view: string, limit: number, filter?: string): Promise<Inspection> =>
    call("data.inspect", { service, name, region, view, limit, ...(filter === undefined ? {} : { filter }) });
  const executions = await inspect("executions", executionsRead);
  const visits = new Map<string, Visit>();
  for (const execution of executions.rows) {
    const history = await inspect("history", eventsRead, execution.id);
    for (const [state, visit] of visitsIn(history.rows, String(execution.cells["name"]))) if (!visits.has(state)) visits.set(state, visit);
  }
  return visits;
}

/** The last visit of each state in one history. */
export function visitsIn(rows: Inspection["rows"], execution: string): Visits {
  const visits = new Map<string, Visit>();
  /** State in whose doing an event happened. */
  const owners = new Map<number, string>();
  let variables: JsonObject = {};
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
      const result = typeof cells["data"] === "string" ? parsed(cells["data"]) : undefined;
      if (visit !== undefined && result !== undefined && /^(?:Task|LambdaFunction|Activity)Succeeded$/.test(type))
        visits.set(owner, { ...visit, result });
    }
  }
  return visits;
}

function assignedIn(detail: Json): JsonObject {
  const exited = isJsonObject(detail) ? detail["stateExitedEventDetails"] : undefined;
  const assigned = isJsonObject(exited) ? exited["assignedVariables"] : undefined;
  if (!isJsonObject(assigned)) return {};
  return Object.fromEntries(
    Object.entries(assigned).map(([name, text]) => [name, (typeof text === "string" ? parsed(text) : text) ?? null]),
  );
}

export function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
