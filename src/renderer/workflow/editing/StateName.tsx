import { InPlaceField, nameField } from "../../app/ui/InPlaceField.tsx";
import type { WorkflowState } from "../workflowGraph.ts";
import { beginRenameState, endRenameState, useRenamingState } from "./renaming.ts";
import { renameState } from "./stateActions.ts";
import { useWorkflowCanvas } from "./workflowCanvas.ts";
import { t } from "../../app/texts/texts.ts";

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
  const states = useWorkflowCanvas(({ shown }) => shown?.workflow.states);
  return (
    <InPlaceField
      {...nameField}
      label={t("New name of {{name}}", { name: state.name })}
      text={state.name}
      whyNot={(name) => whyNotName(name, states ?? [])}
      onKeep={(name) => {
        const { shown } = useWorkflowCanvas.getState();
        if (shown !== null) void renameState(shown, state, name);
      }}
      onEnd={endRenameState}
    />
  );
}

const longestName = 80;

function whyNotName(name: string, states: readonly WorkflowState[]): string | undefined {
  if (name.trim() === "") return t("A state needs a name.");
  if ([...name].length > longestName) return t("A name has at most {{longestName}} characters.", { longestName });
  return states.some((one) => one.name === name) ? t("Another state has this name; names are unique in the whole machine.") : undefined;
}
