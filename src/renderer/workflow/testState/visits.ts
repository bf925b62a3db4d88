// What the newest executions of a machine brought to each of its states: inputs to test with, and paths to complete.
import { useEffect } from "react";
import { create } from "zustand";
import type { CompletionScope } from "../../../model/asl/complete/suggestion.ts";
import { isJsonObject } from "../../../model/json.ts";
import type { Inspection } from "../../../model/run.ts";
import type { ResourceRef } from "../../../model/trace.ts";
import { call } from "../../app/api.ts";
import { onSpans } from "../../app/stores/live.ts";
import { useRun } from "../../app/stores/run.ts";
import { draftOfState } from "./testDrafts.ts";
import { parsed, visitsIn, type Visit, type Visits } from "./visitsInHistory.ts";

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

/** Of one state by its name, outside of React: from an execution, else from what a person tests it with. */
export function samplesOf(machine: string, state: string): CompletionScope["samples"] {
  const visit = useVisitStore.getState().visits[machine]?.get(state);
  if (visit !== undefined) return samplesOfVisit(visit);
  const { input, variables } = draftOfState(machine, state);
  const [given, held] = [input, variables].map((text) => (text === null ? undefined : parsed(text)));
  return { ...(given === undefined ? {} : { input: given }), ...(isJsonObject(held) ? { variables: held } : {}) };
}

/** What paths and expressions are completed from. */
export function samplesOfVisit(visit: Visit | undefined): CompletionScope["samples"] {
  const input = visit === undefined ? undefined : parsed(visit.input);
  return {
    ...(input === undefined ? {} : { input }),
    ...(visit?.result === undefined ? {} : { result: parsed(visit.result) ?? null }),
    ...(visit === undefined
      ? {}
      : { variables: Object.fromEntries(Object.entries(visit.variables).map(([name, text]) => [name, parsed(text) ?? null])) }),
  };
}

/** Under load executions end all the time. */
const refreshMilliseconds = 2000;
const executionsRead = 3;
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
