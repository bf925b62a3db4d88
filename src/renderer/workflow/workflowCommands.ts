// One command for each state machine of the design: the palette opens its workflow.
import { registerCommands } from "../app/commands.ts";
import { useDesign } from "../app/stores/design.ts";
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
      machines.map((id) => ({
        id: `workflow.open.${id}`,
        title: `Open the workflow of ${id}`,
        group: "View",
        keywords: ["state machine", "step functions", "states"],
        run: () => openWorkflow(id),
      })),
    );
  };
  update();
  const unsubscribe = useDesign.subscribe(update);
  return () => {
    unsubscribe();
    stop();
  };
}
