import { Play, Route } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { isJsonObject } from "../../model/json.ts";
import type { ResourceRef } from "../../model/trace.ts";
import { call, messageOf } from "../app/api.ts";
import { showDock } from "../app/stores/layout.ts";
import { attempt } from "../app/stores/notices.ts";
import { isServing, startRun, useRun } from "../app/stores/run.ts";
import { selectSpan } from "../app/stores/selection.ts";
import { Button } from "../app/ui/Button.tsx";
import { Dot, type Tone } from "../app/ui/Chip.tsx";
import { Section } from "../app/ui/Section.tsx";
import { classes } from "../app/ui/classes.ts";
import { useInspection, type Row } from "../data/inspection.ts";
import { CodeField } from "../editors/CodeField.tsx";
import { formatClockTime, formatDuration } from "../timeline/duration.ts";
import { historyEvent, stateRuns, type StateRun } from "./executionOverlay.ts";
import type { Workflow } from "./useWorkflow.ts";
import { chooseInWorkflow, useWorkflowChoice } from "./workflowStore.ts";

interface PanelProps {
  machine: string;
  workflow: Workflow;
  /** What is laid over the states. */
  onRuns(runs: ReadonlyMap<string, StateRun> | null): void;
}

/** Starts executions of a machine, and shows how one of them went. */
export function ExecutionPanel({ machine, workflow, onRuns }: PanelProps) {
  const run = useRun((state) => state.run);
  const ref = run.type === "running" ? run.resources.find((one) => one.service === "states" && one.logicalId === machine) : undefined;
  useEffect(() => () => onRuns(null), [onRuns]);
  return (
    <aside aria-label={`Executions of ${machine}`} className="flex w-72 min-h-0 flex-none flex-col border-l border-line bg-panel">
      {ref === undefined || run.type !== "running" ? (
        <div className="flex flex-col items-start gap-2 p-3 text-fg-2">
          <p>{isServing(run) ? `${machine} is not deployed; see Problems.` : "The design is not running. Run it to start an execution."}</p>
          {!isServing(run) && (
            <Button look="primary" onClick={() => void startRun()}>
              Run
            </Button>
          )}
        </div>
      ) : (
        <Executions machine={machine} workflow={workflow} resource={ref} accountId={run.accountId} onRuns={onRuns} />
      )}
    </aside>
  );
}

function Executions({ machine, workflow, resource, accountId, onRuns }: PanelProps & { resource: ResourceRef; accountId: string }) {
  const { service, name, region } = resource;
  const { rows, reload } = useInspection({ service, name, region, view: "executions" }, "");
  const { execution } = useWorkflowChoice(machine);
  const shown = rows.find((row) => row.id === execution) ?? rows[0];
  return (
    <>
      <Starter
        onStart={async (input) => {
          const stateMachineArn = `arn:aws:states:${region}:${accountId}:stateMachine:${name}`;
          const { error } = await call("request.operation", {
            service,
            region,
            operation: "StartExecution",
            input: {
              stateMachineArn,
              input,
            },
          });
          if (error !== null) throw new Error(error.message);
          chooseInWorkflow(machine, { execution: null });
          reload();
        }}
      />
      <Section title="Executions">
        <ul className="max-h-32 overflow-auto">
          {rows.map((row) => (
            <li key={row.id}>
              <button
                type="button"
                aria-pressed={row.id === shown?.id}
                onClick={() => chooseInWorkflow(machine, { execution: row.id })}
                className={classes(
                  "flex h-6 w-full items-center gap-2 px-3 text-left",
                  row.id === shown?.id ? "bg-accent-soft shadow-[inset_2px_0_var(--accent)]" : "hover:bg-hover",
                )}
              >
                <Dot tone={toneOf(row)} />
                <span className="truncate font-mono text-xs">{String(row.cells["name"])}</span>
                <span className="ml-auto text-xs whitespace-nowrap text-fg-3">{String(row.cells["status"]).toLowerCase()}</span>
              </button>
            </li>
          ))}
          {rows.length === 0 && <li className="px-3 text-fg-3">None yet. Start one above.</li>}
        </ul>
      </Section>
      {shown !== undefined && (
        <Events key={shown.id} machine={machine} workflow={workflow} resource={resource} execution={shown} onRuns={onRuns} />
      )}
    </>
  );
}

function Starter({ onStart }: { onStart(input: string): Promise<void> }) {
  const [input, setInput] = useState("{}");
  const [problem, setProblem] = useState<string | null>(null);
  const start = (): void => {
    setProblem(null);
    onStart(input).catch((error: unknown) => setProblem(messageOf(error)));
  };
  return (
    <Section
      title="Input"
      actions={
        <Button size="compact" look="primary" onClick={start}>
          <Play size={12} />
          Start
        </Button>
      }
    >
      <div className="mx-3 h-24 overflow-hidden rounded-md border border-line bg-code">
        <CodeField label="JSON that the execution begins with" language="json" value={input} onChange={setInput} onSubmit={start} />
      </div>
      {problem !== null && (
        <p role="alert" data-selectable className="px-3 pt-1.5 text-xs text-error">
          {problem}
        </p>
      )}
    </Section>
  );
}

function Events({ machine, workflow, resource, execution, onRuns }: PanelProps & { resource: ResourceRef; execution: Row }) {
  const { service, name, region } = resource;
  const { rows, problem, loadMore, cursor } = useInspection({ service, name, region, view: "history" }, execution.id);
  const { state: selected } = useWorkflowChoice(machine);
  const events = useMemo(() => rows.map(historyEvent), [rows]);
  const status = String(execution.cells["status"]);
  const runs = useMemo(() => stateRuns(events, status), [events, status]);
  useEffect(() => onRuns(runs), [runs, onRuns]);
  const begin = events[0]?.at ?? 0;
  const chosen = workflow.states.find((state) => state.id === selected);
  const traceId = isJsonObject(execution.detail) ? execution.detail["traceId"] : null;
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex h-8 flex-none items-center gap-1.5 border-t border-line px-3 text-xs font-medium text-fg-3">
        <h3 className="font-medium">Events</h3>
        {typeof traceId === "string" && (
          <Button size="compact" look="quiet" className="ml-auto" onClick={() => void openTrace(traceId, chosen && runs.get(chosen.name))}>
            <Route size={12} />
            {chosen === undefined ? "Its trace" : `Trace of ${chosen.name}`}
          </Button>
        )}
      </div>
      {problem !== null && <p className="px-3 text-error">{problem}</p>}
      <ol className="min-h-0 flex-1 overflow-auto pb-2" aria-label="Events">
        {events.map((event) => {
          const state = workflow.states.find((one) => one.name === event.state);
          return (
            <li key={event.id}>
              <button
                type="button"
                title={formatClockTime(event.at)}
                disabled={state === undefined}
                onClick={() => state !== undefined && chooseInWorkflow(machine, { state: state.id })}
                className={classes(
                  "flex h-6 w-full items-center gap-2 px-3 text-left text-xs",
                  state !== undefined && state.id === selected ? "bg-accent-soft" : "enabled:hover:bg-hover",
                )}
              >
                <span className="w-5 flex-none text-right text-fg-3 tabular-nums">{event.id}</span>
                <span className={classes("truncate", /(?:Failed|TimedOut|Aborted)$/.test(event.type) && "text-error")}>
                  {event.state === null ? event.type : `${event.state} ${event.type.endsWith("Entered") ? "entered" : "exited"}`}
                </span>
                <span className="ml-auto pl-2 whitespace-nowrap text-fg-3 tabular-nums">+{formatDuration(event.at - begin)}</span>
              </button>
            </li>
          );
        })}
        {cursor !== undefined && (
          <li className="px-3 pt-1">
            <Button size="compact" onClick={loadMore}>
              More events
            </Button>
          </li>
        )}
      </ol>
    </div>
  );
}

function toneOf(row: Row): Tone {
  const status = row.cells["status"];
  return status === "SUCCEEDED" ? "ok" : status === "RUNNING" ? "accent" : status === "ABORTED" ? "neutral" : "error";
}

/** The hop that the state's task made, or the whole trace. */
async function openTrace(traceId: string, run: StateRun | undefined): Promise<void> {
  const spans = await attempt("Read the trace", () => call("trace.get", { traceId }));
  if (spans === undefined) return;
  const own =
    run === undefined
      ? undefined
      : spans.find(
          (span) =>
            span.service !== "states" && span.startedAt >= run.enteredAt && (run.exitedAt === null || span.startedAt <= run.exitedAt),
        );
  showDock("timeline");
  selectSpan({ traceId, spanId: own?.spanId ?? "" });
}
