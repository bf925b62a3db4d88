// What is chosen among a machine's executions: kept here so that it survives changing tabs.
import { create } from "zustand";
import { showDock } from "../../app/stores/layout.ts";
import { chooseInWorkflow } from "../workflowStore.ts";
import type { StepOutcome } from "./steps.ts";

export type ExecutionView = "steps" | "events" | "timeline";

export interface ExecutionChoice {
  /** ARN of the one that is laid over the states; null: the newest. */
  readonly execution: string | null;
  /** Those that led to it: a Map's execution before its child. */
  readonly path: readonly string[];
  /** An event of it; null: none is chosen. */
  readonly event: number | null;
  /** A step of it, by the event of entering: its newest event is the chosen one, while it goes on too. */
  readonly step: number | null;
  /** ARN of the one that it is compared with. */
  readonly comparedWith: string | null;
  /** A Map run whose children are listed. */
  readonly mapRun: string | null;
  /** Only those children that came out so in a state. */
  readonly mapRunAt: { readonly state: string; readonly outcome: StepOutcome } | null;
  /** Filters of the list. */
  readonly status: string | null;
  readonly text: string;
  /** How many of the list are read. */
  readonly shown: number;
}

const nothing: ExecutionChoice = {
  execution: null,
  path: [],
  event: null,
  step: null,
  comparedWith: null,
  mapRun: null,
  mapRunAt: null,
  status: null,
  text: "",
  shown: 100,
};

export const useExecutionChoices = create<{ choices: Readonly<Record<string, ExecutionChoice>>; view: ExecutionView; last: string | null }>(
  () => ({ choices: {}, view: "steps", last: null }),
);

export function useExecutionChoice(machine: string): ExecutionChoice {
  return useExecutionChoices((store) => store.choices[machine] ?? nothing);
}

export function executionChoice(machine: string): ExecutionChoice {
  return useExecutionChoices.getState().choices[machine] ?? nothing;
}

export function chooseExecution(machine: string, change: Partial<ExecutionChoice>): void {
  useExecutionChoices.setState(({ choices }) => ({ choices: { ...choices, [machine]: { ...(choices[machine] ?? nothing), ...change } } }));
}

export function showExecutionView(view: ExecutionView): void {
  useExecutionChoices.setState({ view });
}

/** Another execution of the machine; what was chosen in the one before is let go. */
export function openExecutionOf(machine: string, execution: string | null, more: Partial<ExecutionChoice> = {}): void {
  chooseExecution(machine, { execution, event: null, step: null, path: [], mapRun: null, mapRunAt: null, comparedWith: null, ...more });
}

/** Lays executions over the machine's states, and shows them in the dock. */
export function watchExecutions(machine: string): void {
  chooseInWorkflow(machine, { isWatching: true });
  useExecutionChoices.setState({ last: machine });
  showDock("execution");
}
