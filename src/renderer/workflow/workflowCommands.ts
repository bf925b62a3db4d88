// One command for each state machine of the design: the palette opens its workflow.
import { registerCommands, type Command } from "../app/commands.ts";
import { useDesign } from "../app/stores/design.ts";
import { showDialog } from "../app/stores/dialogs.ts";
import { watchExecutions } from "./execution/executionChoice.ts";
import { stateMachineTypes } from "../../model/design/workflows/workflowSource.ts";
import { openWorkflow } from "./workflowStore.ts";
import { t, useLanguage } from "../app/texts/texts.ts";

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
          title: t("Open the workflow of {{id}}", { id }),
          group: "View",
          keywords: ["state machine", "step functions", "states"],
          run: () => openWorkflow(id),
        },
        {
          id: `workflow.watch.${id}`,
          title: t("Watch the executions of {{id}}", { id }),
          group: "Run",
          keywords: ["state machine", "step functions", "history", "events"],
          run: () => {
            openWorkflow(id);
            watchExecutions(id);
          },
        },
        {
          id: `workflow.start.${id}`,
          title: t("Start an execution of {{id}}", { id }),
          group: "Run",
          keywords: ["state machine", "step functions", "workflow"],
          run: () => showDialog({ type: "start-execution", machine: id }),
        },
      ]),
    );
  };
  update();
  const unsubscribe = useDesign.subscribe(update);
  const stopLanguage = useLanguage.subscribe(() => {
    known = "";
    update();
  });
  return () => {
    unsubscribe();
    stopLanguage();
    stop();
  };
}
