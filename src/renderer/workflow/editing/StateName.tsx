import { useEffect, useRef, useState } from "react";
import { classes } from "../../app/ui/classes.ts";
import type { WorkflowState } from "../workflowGraph.ts";
import { beginRenameState, endRenameState, useRenamingState } from "./renaming.ts";
import { renameState } from "./stateActions.ts";
import { useWorkflowCanvas } from "./workflowCanvas.ts";

/** Double click or F2 makes it a field. */
export function StateName({ state }: { state: WorkflowState }) {
  const isRenaming = useRenamingState(({ id }) => id === state.id);
  if (isRenaming) return <NameField state={state} />;
  return (
    <div
      className="max-w-full min-w-8 shrink-0 truncate text-md leading-4 font-semibold"
      title={state.name}
      onDoubleClick={(event) => {
        event.stopPropagation();
        beginRenameState(state.id);
      }}
    >
      {state.name}
    </div>
  );
}

function NameField({ state }: { state: WorkflowState }) {
  const [name, setName] = useState(state.name);
  const field = useRef<HTMLInputElement>(null);
  const isDone = useRef(false);
  const problem = useWorkflowCanvas(({ shown }) => whyNotName(name, state, shown?.workflow.states ?? []));
  useEffect(() => {
    // after the canvas has given focus to the card itself
    const frame = requestAnimationFrame(() => field.current?.select());
    return () => cancelAnimationFrame(frame);
  }, []);
  const finish = (isKept: boolean): void => {
    if (isDone.current) return;
    isDone.current = true;
    endRenameState();
    const { shown } = useWorkflowCanvas.getState();
    if (isKept && problem === null && shown !== null) void renameState(shown, state, name);
  };
  return (
    <div className="nodrag nopan relative">
      <input
        ref={field}
        aria-label={`New name of ${state.name}`}
        aria-invalid={problem !== null}
        spellCheck={false}
        value={name}
        onChange={(event) => setName(event.target.value)}
        onDoubleClick={(event) => event.stopPropagation()}
        onBlur={() => finish(true)}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === "Enter") finish(true);
          if (event.key === "Escape") finish(false);
        }}
        className={classes(
          "-mx-1 h-[18px] w-[calc(100%+8px)] rounded-sm border bg-input px-[3px] text-md leading-[16px] font-semibold outline-none",
          problem === null ? "border-accent" : "border-error",
        )}
      />
      {problem !== null && (
        <div
          role="alert"
          className="absolute top-full left-0 z-10 mt-1 w-52 rounded-md border border-line-strong bg-raised px-2 py-1 text-xs font-normal text-error shadow-3"
        >
          {problem}
        </div>
      )}
    </div>
  );
}

const longestName = 80;

function whyNotName(name: string, state: WorkflowState, states: readonly WorkflowState[]): string | null {
  if (name === state.name) return null;
  if (name.trim() === "") return "A state needs a name.";
  if ([...name].length > longestName) return `A name has at most ${longestName} characters.`;
  return states.some((one) => one.name === name) ? "Another state has this name; names are unique in the whole machine." : null;
}
