// What a person does to executions: start, stop, redrive, answer a task, follow an event into the trace.
import { isJsonObject, type Json } from "../../../model/json.ts";
import { call } from "../../app/api.ts";
import { attempt, notify } from "../../app/stores/notices.ts";
import { confirm } from "../../app/stores/dialogs.ts";
import { showTrace } from "../../timeline/traceList.ts";
import { chooseInWorkflow, openWorkflow } from "../workflowStore.ts";
import { chooseExecution, openExecutionOf, watchExecutions } from "./executionChoice.ts";
import type { Execution, ExecutionEvent } from "./executionEvents.ts";
import { stepOf } from "./steps.ts";
import { machineRef, refreshWatched, type OpenedExecution } from "./watched.ts";
import { t } from "../../app/texts/texts.ts";

/** An operation of Step Functions; rejects with its error. */
async function operate(region: string, operation: string, input: Json): Promise<Json> {
  const { output, error } = await call("request.operation", { service: "states", region, operation, input });
  if (error !== null) throw new Error(`${error.code}: ${error.message}`);
  return output;
}

function regionOf(arn: string): string {
  return arn.split(":")[3] ?? "us-east-1";
}

export interface NewExecution {
  readonly input: string;
  /** Empty: one is made up. */
  readonly name: string;
  /** Waits for its end; Express only. */
  readonly isSync: boolean;
}

/** Starts one and shows it; rejects with why it cannot be. */
export async function startExecution(machine: string, { input, name, isSync }: NewExecution): Promise<void> {
  const ref = machineRef(machine);
  if (ref === undefined) throw new Error(t("{{machine}} is not deployed: press Run, and see Problems if it stays so.", { machine }));
  const output = await operate(ref.region, isSync ? "StartSyncExecution" : "StartExecution", {
    stateMachineArn: ref.arn,
    input,
    ...(name === "" ? {} : { name }),
  });
  const arn = isJsonObject(output) ? output["executionArn"] : undefined;
  openWorkflow(machine);
  watchExecutions(machine);
  openExecutionOf(machine, typeof arn === "string" ? arn : null, { status: null, text: "" });
  refreshWatched(machine);
}

export function stopExecution(machine: string, execution: Execution): void {
  confirm({
    title: t("Stop {{name}}?", { name: execution.name }),
    detail: t("What it has done stays; what is under way is given up. A stopped execution can be redriven."),
    action: t("Stop it"),
    isDangerous: true,
    run: () =>
      void attempt(t("Stop {{name}}", { name: execution.name }), () =>
        operate(regionOf(execution.arn), "StopExecution", {
          executionArn: execution.arn,
          error: "Studio.Stopped",
          cause: "Stopped by a person in the Studio.",
        }),
      ).then(() => refreshWatched(machine)),
  });
}

export async function redriveExecution(machine: string, execution: Execution): Promise<void> {
  const answer = await attempt(t("Redrive {{name}}", { name: execution.name }), () =>
    operate(regionOf(execution.arn), "RedriveExecution", { executionArn: execution.arn }),
  );
  if (answer !== undefined) notify({ tone: "ok", title: t("{{name}} goes on from what failed", { name: execution.name }) });
  refreshWatched(machine);
}

export type TaskAnswer =
  | { readonly type: "success"; readonly output: string }
  | { readonly type: "failure"; readonly error: string; readonly cause: string }
  | { readonly type: "heartbeat" };

/** Rejects with Step Functions' words. */
export async function answerTask(arn: string, token: string, answer: TaskAnswer): Promise<void> {
  const region = regionOf(arn);
  if (answer.type === "success") await operate(region, "SendTaskSuccess", { taskToken: token, output: answer.output });
  else if (answer.type === "heartbeat") await operate(region, "SendTaskHeartbeat", { taskToken: token });
  else
    await operate(region, "SendTaskFailure", {
      taskToken: token,
      ...(answer.error === "" ? {} : { error: answer.error }),
      ...(answer.cause === "" ? {} : { cause: answer.cause }),
    });
}

/** An event, or the newest one of a step as it goes on. */
export interface Chosen {
  readonly event: number;
  readonly step?: number;
}

/** Selects it, and its state on the canvas. `ids`: of states by name. */
export function chooseEvent(machine: string, opened: OpenedExecution, { event, step }: Chosen, ids: ReadonlyMap<string, string>): void {
  chooseExecution(machine, step === undefined ? { event, step: null } : { event: null, step });
  const chosen = opened.events.find(({ id }) => id === event);
  const state = chosen && (stepOf(opened.steps, chosen)?.state ?? chosen.state);
  chooseInWorkflow(machine, { state: (state === undefined || state === null ? undefined : ids.get(state)) ?? null });
}

/** The span that an event was: of its call, where it is one of a Task's, else of its state. */
export function hopOf(opened: OpenedExecution, event: ExecutionEvent): string | null {
  const step = stepOf(opened.steps, event);
  const attempt = step?.attempts.findLast(({ begun }) => begun <= event.id);
  return event.hop ?? attempt?.hop ?? step?.hop ?? null;
}

/** Opens the trace of the execution at the hop that the event was. */
export async function followIntoTrace({ execution }: OpenedExecution, hop: string | null): Promise<void> {
  const { traceId } = execution;
  if (traceId === null) return;
  if (hop === null) return showTrace(traceId);
  const kept = await attempt(t("Read the trace"), () => call("trace.span", { traceId, spanId: hop }));
  if (kept === undefined) return;
  if (kept === null)
    notify({
      tone: "info",
      title: t("This hop is no longer kept"),
      detail: t("Traces are kept for a while, and were cleared or have gone."),
    });
  else showTrace(traceId, hop);
}
