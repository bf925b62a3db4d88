// What the keyboard and the menus change in the workflow that is in front.
import type { Command } from "../app/commands.ts";
import { useLayout } from "../app/stores/layout.ts";
import { changeWorkflow } from "./changeWorkflow.ts";
import type { Workflow } from "./useWorkflow.ts";
import type { WorkflowState } from "./workflowGraph.ts";
import { chooseInWorkflow, workflowChoice } from "./workflowStore.ts";

export function editCommands(machine: string, workflow: Workflow): readonly Command[] {
  const chosen = (): WorkflowState | undefined => workflow.states.find(({ id }) => id === workflowChoice(machine).state);
  const when = (): boolean => useLayout.getState().activeTab === `workflow:${machine}` && chosen() !== undefined;
  return [
    {
      id: "workflow.delete",
      title: "Delete the state",
      group: "Edit",
      shortcut: ["delete", "backspace"],
      when,
      run: () => {
        const state = chosen();
        if (state === undefined) return;
        chooseInWorkflow(machine, { state: null });
        void changeWorkflow(machine, `Delete ${state.name}`, { type: "removeState", state: state.steps });
      },
    },
    {
      id: "workflow.makeStart",
      title: "Start at the state",
      group: "Edit",
      when,
      run: () => {
        const state = chosen();
        if (state !== undefined)
          void changeWorkflow(machine, `Start at ${state.name}`, { type: "setStartAt", flow: state.steps.slice(0, -2), name: state.name });
      },
    },
  ];
}
