// The text beside a workflow: the lines of the selected state are marked in it, and its cursor selects the state.
import { create } from "zustand";
import { revealInEditor } from "../editors/reveal.ts";
import type { Steps } from "../../model/asl/commands/command.ts";
import type { WorkflowSource } from "../../model/design/workflows/workflowSource.ts";

interface MarkedState {
  readonly source: WorkflowSource;
  /** Of the selected state; null: none is selected. */
  readonly steps: Steps | null;
  /** Selects the state at these steps of the definition. */
  choose(steps: Steps): void;
}

export const useMarkedState = create<{ marked: MarkedState | null }>(() => ({ marked: null }));

export function followMarkedState(marked: MarkedState | null): void {
  useMarkedState.setState({ marked });
}

/** Opens the text beside the workflow, at these steps of the definition. */
export function showInText(source: WorkflowSource, steps: Steps): void {
  const range = source.placeOf(steps);
  revealInEditor({ path: source.file, line: range?.start.line ?? 1, column: range?.start.column ?? 1 }, { beside: true });
}
