import { evaluateAmount, evaluateTemplate, fillTemplate } from "../../../../model/asl/expressions.ts";
import type { Amount, TaskState } from "../../../../model/asl/definition.ts";
import { StateFailure } from "../../../../model/asl/failure.ts";
import { isObjectValue, writeValue, type Value } from "../../../../model/asl/value.ts";
import type { LoggedEvent } from "../history.ts";
import type { Caller } from "../../../kernel/service.ts";
import { Datum } from "./datum.ts";
import { leaveWithResult, withAttempts } from "./attempts.ts";
import { runActivity } from "./activityTask.ts";
import { type Left, scopeOf, type Visit } from "./flow.ts";
import { runFunction } from "./functionTask.ts";
import { runIntegration } from "./integrationTask.ts";
import { inputOf } from "./state.ts";
import { makeToken, openTaskKey } from "./taskToken.ts";

/** A Task's work with its fields evaluated. */
export interface TaskWork {
  readonly visit: Visit;
  readonly state: TaskState;
  readonly input: Value;
  /** Input as JSON text. */
  readonly text: string;
  readonly timeoutSeconds: number | undefined;
  readonly heartbeatSeconds: number | undefined;
  readonly credentials: { readonly roleArn: string } | undefined;
  /** Where an answer from outside finds it. */
  readonly key: string;
  /** Empty where nobody outside can answer. */
  readonly token: string;
  /** What this attempt did before a restart. */
  readonly past: readonly LoggedEvent[];
  /** The call that does it, as a hop that the execution's events name. */
  invoke<Output>(service: string, operation: string, input: unknown): Promise<Output>;
}

export function runTask(visit: Visit, state: TaskState): Promise<Left> {
  return withAttempts(visit, state, async (past) =>
    leaveWithResult(visit, state, Datum.of(await perform(await workOf(visit, state, past)))),
  );
}

function perform(work: TaskWork): Promise<Value> {
  const { resource } = work.state;
  switch (resource.type) {
    case "function":
      return runFunction(work, resource.arn);
    case "activity":
      return runActivity(work, resource.arn);
    case "integration":
      return runIntegration(work, resource);
  }
}

async function workOf(visit: Visit, state: TaskState, past: readonly LoggedEvent[]): Promise<TaskWork> {
  const { run, frame } = visit;
  const key = openTaskKey(frame.path, visit.enteredId, visit.retryCount);
  const isData = state.queryLanguage === "JSONata";
  const hasToken = state.resource.type === "integration" && (state.resource.pattern !== "requestResponse" || state.resource.isSdk);
  const token = hasToken || state.resource.type === "activity" ? makeToken(run.id, run.record.secret, key) : "";
  const given = isData ? visit.input.value : inputOf(visit, state);
  const scope = scopeOf(visit, state, given, hasToken ? { token } : {});
  const input = isData
    ? state.arguments === undefined
      ? given
      : await evaluateTemplate(state.arguments, "Arguments", scope)
    : state.parameters === undefined
      ? given
      : fillTemplate(state.parameters, scope);
  const seconds = async (amount: Amount | undefined, field: string): Promise<number | undefined> =>
    amount === undefined ? undefined : evaluateAmount(amount, field, scope);
  visit.trial?.seen.set(isData ? "afterArguments" : "afterParameters", Datum.of(input));
  const timeoutSeconds = await seconds(state.timeout, "TimeoutSeconds");
  const heartbeatSeconds = await seconds(state.heartbeat, "HeartbeatSeconds");
  let credentials: TaskWork["credentials"];
  if (state.credentials !== undefined) {
    const filled = isData ? await evaluateTemplate(state.credentials, "Credentials", scope) : fillTemplate(state.credentials, scope);
    const roleArn = isObjectValue(filled) ? filled["RoleArn"] : undefined;
    if (typeof roleArn !== "string") throw new StateFailure("States.Runtime", "The Credentials of the state give no RoleArn.");
    credentials = { roleArn };
  }
  const text = input === visit.input.value ? visit.input.text : writeValue(input);
  const { call } = visit;
  const caller: Caller = {
    cause: call.cause,
    actor: call.actor,
    region: call.region,
    accountId: call.accountId,
    // made only when somebody asks for it
    get signal() {
      return call.signal;
    },
    began: ({ spanId }) => run.calls.set(visit.enteredId, spanId),
  };
  const invoke = <Output>(service: string, operation: string, given: unknown): Promise<Output> =>
    call.kernel.invoke<Output>(service, operation, given, caller);
  run.calls.delete(visit.enteredId);
  return { visit, state, input, text, timeoutSeconds, heartbeatSeconds, credentials, key, token, past, invoke };
}

/** Events of a kind of task, as far as this attempt wrote them before a restart. */
export function pastOf(work: TaskWork, type: string): LoggedEvent | undefined {
  return work.past.find((event) => event.type === type);
}
