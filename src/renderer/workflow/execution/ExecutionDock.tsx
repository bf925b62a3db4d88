import { Network, Play, Workflow as WorkflowIcon } from "lucide-react";
import { useEffect, useMemo } from "react";
import { DockTools } from "../../app/shell/DockTools.tsx";
import { showDialog } from "../../app/stores/dialogs.ts";
import { showDock } from "../../app/stores/layout.ts";
import { isServing, startRun, useRun } from "../../app/stores/run.ts";
import { Button } from "../../app/ui/Button.tsx";
import { EmptyState } from "../../app/ui/EmptyState.tsx";
import { classes } from "../../app/ui/classes.ts";
import { SidePane } from "../../app/ui/SidePane.tsx";
import { useWorkflow } from "../useWorkflow.ts";
import { chooseInWorkflow, useWorkflowChoice, useWorkflowInFront } from "../workflowStore.ts";
import { CompareView } from "./CompareView.tsx";
import { EventTable } from "./EventTable.tsx";
import { chooseEvent, type Chosen } from "./executionActions.ts";
import {
  chooseExecution,
  showExecutionView,
  useExecutionChoice,
  useExecutionChoices,
  type ExecutionChoice,
  type ExecutionView,
} from "./executionChoice.ts";
import { ExecutionHeader } from "./ExecutionHeader.tsx";
import { ExecutionList } from "./ExecutionList.tsx";
import { MapRunView } from "./MapRunView.tsx";
import { MomentDetail } from "./MomentDetail.tsx";
import { StepList } from "./StepList.tsx";
import { StepTimeline } from "./StepTimeline.tsx";
import { machineRef, useWatched, type OpenedExecution, type Watched } from "./watched.ts";
import { perLanguage, t } from "../../app/texts/texts.ts";

/** The executions of the workflow in front, or of the one that was watched last. */
export function ExecutionDock() {
  const inFront = useWorkflowInFront();
  const last = useExecutionChoices((store) => store.last);
  const machine = inFront ?? last;
  if (machine === null) {
    return (
      <EmptyState icon={<WorkflowIcon size={18} />} title={t("No workflow in front")}>
        {t("Open a state machine: its executions are listed here, and laid over its states.")}
      </EmptyState>
    );
  }
  return <MachineExecutions key={machine} machine={machine} />;
}

const views = perLanguage((): readonly { readonly id: ExecutionView; readonly title: string }[] => [
  { id: "steps", title: t("Steps") },
  { id: "events", title: t("Events") },
  { id: "timeline", title: t("Timeline") },
]);

function MachineExecutions({ machine }: { machine: string }) {
  const watched = useWatched(machine);
  const run = useRun((state) => state.run);
  const view = useExecutionChoices((store) => store.view);
  useEffect(() => chooseInWorkflow(machine, { isWatching: true }), [machine]);
  if (machineRef(machine) === undefined) {
    return (
      <EmptyState
        icon={<Network size={18} />}
        title={isServing(run) ? t("{{machine}} is not deployed", { machine }) : t("The design is not running")}
        action={
          isServing(run) ? (
            <Button onClick={() => showDock("problems")}>{t("Show problems")}</Button>
          ) : (
            <Button look="primary" disabled={run.type === "deploying"} onClick={() => void startRun()}>
              <Play size={12} />
              {t("Run")}
            </Button>
          )
        }
      >
        {isServing(run)
          ? t("What keeps it from being deployed stands among the problems.")
          : t("Executions are started, watched and compared here once it runs.")}
      </EmptyState>
    );
  }
  return (
    <div className="absolute inset-0 flex">
      <DockTools>
        <div
          role="group"
          aria-label={t("How the execution is shown")}
          className="flex h-6 items-stretch overflow-hidden rounded-md border border-line"
        >
          {views().map(({ id, title }) => (
            <button
              key={id}
              type="button"
              aria-pressed={view === id}
              onClick={() => showExecutionView(id)}
              className={classes(
                "border-l border-line px-2 text-xs first:border-l-0",
                view === id ? "bg-accent-soft font-medium text-accent" : "text-fg-2 hover:bg-hover",
              )}
            >
              {title}
            </button>
          ))}
        </div>
      </DockTools>
      <SidePane
        name="execution.list"
        label={t("Width of the list of executions")}
        side="left"
        width={216}
        min={160}
        max={400}
        className="max-w-[30%]"
      >
        <ExecutionList machine={machine} watched={watched} />
      </SidePane>
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        {watched.problem !== null && (
          <p role="alert" data-selectable className="flex-none border-b border-line bg-error-soft px-3 py-1 text-xs text-error">
            {watched.problem}
          </p>
        )}
        {watched.opened === null ? (
          <EmptyState
            icon={<Network size={18} />}
            title={watched.total === 0 ? t("No execution yet") : t("No execution chosen")}
            action={
              <Button look="primary" onClick={() => showDialog({ type: "start-execution", machine })}>
                <Play size={12} />
                {t("Start an execution")}
              </Button>
            }
          >
            {t("Each state that it enters lights up on the canvas, and every event of it is listed here with its data.")}
          </EmptyState>
        ) : (
          <Opened machine={machine} watched={watched} opened={watched.opened} />
        )}
      </div>
    </div>
  );
}

function Opened({ machine, watched, opened }: { machine: string; watched: Watched; opened: OpenedExecution }) {
  const choice = useExecutionChoice(machine);
  const view = useExecutionChoices((store) => store.view);
  const { state } = useWorkflowChoice(machine);
  const workflow = useWorkflow(machine);
  const ids = useMemo(() => new Map(workflow?.states.map((one) => [one.name, one.id])), [workflow]);
  const name = workflow?.states.find(({ id }) => id === state)?.name;
  const event = chosenEvent(opened, choice, name);
  const choose = (chosen: Chosen): void => chooseEvent(machine, opened, chosen, ids);
  const header = <ExecutionHeader machine={machine} watched={watched} opened={opened} />;
  if (choice.comparedWith !== null) {
    return (
      <>
        {header}
        <CompareView
          machine={machine}
          opened={opened}
          other={choice.comparedWith}
          onClose={() => chooseExecution(machine, { comparedWith: null })}
        />
      </>
    );
  }
  if (choice.mapRun !== null) {
    return (
      <>
        {header}
        <MapRunView machine={machine} opened={opened} mapRunArn={choice.mapRun} />
      </>
    );
  }
  const detail = <MomentDetail machine={machine} opened={opened} event={event} />;
  return (
    <>
      {header}
      <div className="flex min-h-0 flex-1">
        {view === "steps" ? (
          <>
            <SidePane
              name="execution.steps"
              label={t("Width of the steps")}
              side="left"
              width={300}
              min={180}
              max={520}
              className="max-w-[60%]"
            >
              <StepList opened={opened} event={event} onChoose={choose} />
            </SidePane>
            <div className="min-h-0 min-w-0 flex-1">{detail}</div>
          </>
        ) : (
          <>
            <div className="min-h-0 min-w-0 flex-1">
              {view === "events" ? (
                <EventTable opened={opened} event={event} onChoose={choose} />
              ) : (
                <StepTimeline opened={opened} event={event} onChoose={choose} />
              )}
            </div>
            <SidePane
              name="execution.detail"
              label={t("Width of the detail")}
              side="right"
              width={340}
              min={240}
              max={720}
              className="max-w-[55%]"
            >
              {detail}
            </SidePane>
          </>
        )}
      </div>
    </>
  );
}

/** What a person chose; else what the state that is chosen on the canvas did last; else the newest of all. */
function chosenEvent({ events, steps }: OpenedExecution, choice: ExecutionChoice, state: string | undefined): number {
  const step = steps.find(({ id }) => id === choice.step);
  if (step !== undefined && (state === undefined || step.state === state)) return step.left ?? step.last;
  const { event } = choice;
  const chosen = event !== null && events.some(({ id }) => id === event) ? event : undefined;
  const own = state === undefined ? undefined : steps.findLast((step) => step.state === state);
  if (chosen !== undefined) {
    const at = events.find(({ id }) => id === chosen);
    const isOfState =
      own === undefined ||
      (at !== undefined &&
        steps.some(
          (step) => step.state === state && step.frame === at.frame && step.id <= chosen && (step.left === null || chosen <= step.left),
        ));
    if (isOfState) return chosen;
  }
  return own === undefined ? (events.at(-1)?.id ?? 0) : (own.left ?? own.last);
}
