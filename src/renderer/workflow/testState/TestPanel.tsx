import { FlaskConical, Play } from "lucide-react";
import { showDock } from "../../app/stores/layout.ts";
import { isServing, startRun, useRun } from "../../app/stores/run.ts";
import { Button } from "../../app/ui/Button.tsx";
import { EmptyState } from "../../app/ui/EmptyState.tsx";
import type { ResourceRef } from "../../../model/trace.ts";
import { SidePane } from "../../app/ui/SidePane.tsx";
import { useWorkflow, type Workflow } from "../useWorkflow.ts";
import type { WorkflowState } from "../workflowGraph.ts";
import { useWorkflowChoice, useWorkflowInFront } from "../workflowStore.ts";
import { DataFlowView } from "./DataFlowView.tsx";
import { prefilled } from "./prefill.ts";
import { runTest } from "./runTest.ts";
import { TestForm } from "./TestForm.tsx";
import { testKey, useIsTesting, useOutcome } from "./testDrafts.ts";
import { useDeployedMachine, useFollowedVisits, useVisits } from "./visits.ts";
import { t } from "../../app/texts/texts.ts";

/** Brings the test of the selected state to the front. */
export function showTest(): void {
  showDock("test");
}

/** Tests the selected state of the workflow in front, and shows how its data went. */
export function TestPanel() {
  const machine = useWorkflowInFront();
  if (machine === null) {
    return (
      <EmptyState icon={<FlaskConical size={18} />} title={t("No workflow in front")}>
        {t("Open a state machine and select one of its states: it is tested here alone, with an input of your choice.")}
      </EmptyState>
    );
  }
  return <MachineTest key={machine} machine={machine} />;
}

function MachineTest({ machine }: { machine: string }) {
  const workflow = useWorkflow(machine);
  const { state: id } = useWorkflowChoice(machine);
  const run = useRun((state) => state.run);
  const resource = useDeployedMachine(machine);
  const state = workflow?.states.find((one) => one.id === id);
  if (workflow === null || state === undefined) {
    return (
      <EmptyState icon={<FlaskConical size={18} />} title={t("No state selected")}>
        {t("Select a state in the workflow to test it alone: give it an input, and see what each of its fields makes of it.")}
      </EmptyState>
    );
  }
  if (resource === undefined) {
    return (
      <EmptyState
        icon={<FlaskConical size={18} />}
        title={isServing(run) ? t("{{machine}} is not deployed", { machine }) : t("The design is not running")}
        action={
          isServing(run) || run.type === "deploying" ? (
            <Button onClick={() => showDock("problems")}>{t("Show problems")}</Button>
          ) : (
            <Button look="primary" onClick={() => void startRun()}>
              <Play size={12} />
              {t("Run")}
            </Button>
          )
        }
      >
        {isServing(run)
          ? t("States are tested in the local Step Functions. Mend what Problems tells of this state machine, and save.")
          : run.type === "deploying"
            ? t("It is being deployed; the test is ready as soon as it runs.")
            : t("{{name}} is tested in the local Step Functions, which runs with the design. Run it to begin.", { name: state.name })}
      </EmptyState>
    );
  }
  return <StateTest key={state.id} machine={machine} workflow={workflow} state={state} resource={resource} />;
}

interface StateTestProps {
  machine: string;
  workflow: Workflow;
  state: WorkflowState;
  resource: ResourceRef;
}

function StateTest({ machine, workflow, state, resource }: StateTestProps) {
  useFollowedVisits(machine);
  const visit = useVisits(machine).get(state.name);
  const key = testKey(machine, state.id);
  const outcome = useOutcome(key);
  const isTesting = useIsTesting(key);
  const test = (): void => void runTest(machine, workflow, state, resource, visit);
  return (
    <div className="absolute inset-0 flex">
      <SidePane
        name="workflow.test"
        label={t("Width of the test's input")}
        side="left"
        width={288}
        min={220}
        max={520}
        className="flex flex-col"
      >
        <TestForm testKey={key} state={state} start={prefilled(state, visit, machine)} isTesting={isTesting} onTest={test} />
      </SidePane>
      <div className="flex min-h-0 min-w-0 flex-1">
        <DataFlowView machine={machine} workflow={workflow} state={state} outcome={outcome} onTest={test} />
      </div>
    </div>
  );
}
