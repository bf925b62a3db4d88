// What is chosen in each workflow that is open: kept here so that it survives changing tabs.
import { create } from "zustand";
import { openTab, useLayout } from "../app/stores/layout.ts";
import { selectResources } from "../app/stores/selection.ts";

export interface WorkflowChoice {
  /** A state's id; null: none. */
  readonly state: string | null;
  /** A way's id, when no state is chosen. */
  readonly way: string | null;
  /** ARN of the execution that is laid over the states; null: the newest, while executions are watched. */
  readonly execution: string | null;
  readonly isWatching: boolean;
}

const nothing: WorkflowChoice = { state: null, way: null, execution: null, isWatching: false };

const useChoices = create<{ choices: Readonly<Record<string, WorkflowChoice>> }>(() => ({ choices: {} }));

export function useWorkflowChoice(machine: string): WorkflowChoice {
  return useChoices((store) => store.choices[machine] ?? nothing);
}

export function workflowChoice(machine: string): WorkflowChoice {
  return useChoices.getState().choices[machine] ?? nothing;
}

export function chooseInWorkflow(machine: string, change: Partial<WorkflowChoice>): void {
  useChoices.setState(({ choices }) => ({ choices: { ...choices, [machine]: { ...(choices[machine] ?? nothing), ...change } } }));
}

export function openWorkflow(machine: string): void {
  selectResources([machine]);
  openTab({ type: "workflow", id: `workflow:${machine}`, machine });
}

/** The machine whose workflow is in front. */
export function useWorkflowInFront(): string | null {
  return useLayout(({ tabs, activeTab }) => {
    const tab = tabs.find((one) => one.id === activeTab);
    return tab?.type === "workflow" ? tab.machine : null;
  });
}
