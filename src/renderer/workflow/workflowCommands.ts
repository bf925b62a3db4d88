// One command for each state machine of the design: the palette opens its workflow.
import { registerCommands, type Command } from "../app/commands.ts";
import { useDesign } from "../app/stores/design.ts";
import { showDialog } from "../app/stores/dialogs.ts";
import { watchExecutions } from "./execution/executionChoice.ts";
import { stateMachineTypes } from "../../model/design/workflows/workflowSource.ts";
import { openWorkflow } from "./workflowStore.ts";

export function followWorkflowCommands(): () => void {
  let stop = (): void => {};
  let known = "";
  const update = (): void => {
    const machines = useDesign
      .getState()
      .design.resources.filter((resource) => stateMachineTypes.has(resource.type))
      .map(({ id }) => id);
    if (machines.join() === known) return;
    known = machines.join();
    stop();
    stop = registerCommands(
      machines.flatMap((id): Command[] => [
        {
          id: `workflow.open.${id}`,
          title: `Open the workflow of ${id}`,
          group: "View",
          keywords: ["state machine", "step functions", "states"],
          run: () => openWorkflow(id),
        },
        {
          id: `workflow.watch.${id}`,
          title: `Watch the executions of ${id}`,
          group: "Run",
          keywords: ["state machine", "step functions", "history", "events"],
          run: () => {
            openWorkflow(id);
            watchExecutions(id);
          },
        },
        {
          id: `workflow.start.${id}`,
          title: `Start an execution of ${id}`,
          group: "Run",
          keywords: ["state machine", "step functions", "workflow"],
          run: () => showDialog({ type: "start-execution", machine: id }),
        },
      ]),
    );
  };
  update();
  const unsubscribe = useDesign.subscribe(update);
  return () => {
    unsubscribe();
    stop();
  };
}
