// The end of a task: the event of it, and what it is to the state. Answers from outside and calls within end the same way.
import type { HistoryEventType } from "@aws-sdk/client-sfn";
import { readValue, type Value } from "../../../../model/asl/value.ts";
import type { EventDetails, LoggedEvent } from "../history.ts";
import { Ended, ExecutionFailure } from "./failure.ts";
import type { Visit } from "./flow.ts";
import { isTooLarge } from "./leave.ts";
import type { TaskWork } from "./task.ts";
import type { TaskAnswer } from "./taskToken.ts";

/** How the events of one kind of task are called, and what stands in each of them. */
export interface TaskEvents {
  readonly succeeded: HistoryEventType;
  readonly failed: HistoryEventType;
  readonly timedOut: HistoryEventType;
  readonly common: EventDetails;
  /** How AWS names the task whose result is too large. */
  readonly name: string;
}

/** Writes the event of the answer and gives the result, or the failure to throw. */
export function settle(visit: Visit, events: TaskEvents, answer: TaskAnswer): Value | ExecutionFailure {
  const { run, frame } = visit;
  const { common } = events;
  const more = { hop: run.calls.get(visit.enteredId) };
  run.calls.delete(visit.enteredId);
  switch (answer.type) {
    case "succeeded": {
      if (isTooLarge(answer.output)) {
        const error = "States.DataLimitExceeded";
        const cause = `The state/task '${events.name}' returned a result with a size exceeding the maximum number of bytes service limit.`;
        run.emit(frame, events.failed, { ...common, error, cause }, more);
        return new ExecutionFailure(error, cause);
      }
      run.emit(frame, events.succeeded, { ...common, output: answer.output }, more);
      return readValue(answer.output);
    }
    case "failed":
      run.emit(frame, events.failed, { ...common, error: answer.error, cause: answer.cause }, more);
      return new ExecutionFailure(answer.error, answer.cause);
    case "timedOut":
      run.emit(frame, events.timedOut, { ...common, error: "States.Timeout" }, more);
      return new ExecutionFailure("States.Timeout", undefined);
  }
}

/** The end of this attempt, if it was written down before a restart. */
export function settledBefore(work: TaskWork, events: TaskEvents): Value | undefined {
  const ended = work.past.find(({ type }) => type === events.succeeded || type === events.failed || type === events.timedOut);
  if (ended === undefined) return undefined;
  if (ended.type === events.succeeded) return readValue(textOf(ended, "output") ?? "null");
  throw new ExecutionFailure(textOf(ended, "error"), textOf(ended, "cause"));
}

export function textOf(event: LoggedEvent, member: string): string | undefined {
  const value = event.details?.[member];
  return typeof value === "string" ? value : undefined;
}

/** Waits until somebody outside answers, or the time for it is over. */
export function awaitAnswer(work: TaskWork, events: TaskEvents, since: number): Promise<Value> {
  const { visit, key, timeoutSeconds, heartbeatSeconds } = work;
  const { run, frame } = visit;
  const { clock } = run.states.environment.kernel;
  const due = (why: string): { title: string; resource: ReturnType<typeof run.states.machines.ref> } => ({
    title: `${run.record.machineName} ${work.state.name} ${why}`,
    resource: run.states.machines.ref(run.machine),
  });
  return new Promise((resolve, reject) => {
    let cancelHeartbeat: (() => void) | undefined;
    let heartbeatAt: number | undefined;
    const cancelTimeout =
      timeoutSeconds === undefined
        ? undefined
        : clock.at(since + timeoutSeconds * 1000, due("times out"), () => answer({ type: "timedOut" }));
    const beat = (from: number): void => {
      cancelHeartbeat?.();
      if (heartbeatSeconds === undefined) return;
      heartbeatAt = from + heartbeatSeconds * 1000;
      cancelHeartbeat = clock.at(heartbeatAt, due("heartbeat"), () => answer({ type: "timedOut" }));
    };
    const close = (): boolean => {
      cancelTimeout?.();
      cancelHeartbeat?.();
      frame.signal.removeEventListener("abort", aborted);
      return run.openTasks.delete(key);
    };
    const aborted = (): void => {
      if (close()) reject(new Ended());
    };
    const answer = (given: TaskAnswer): boolean => {
      const open = run.openTasks.get(key);
      if (!close()) return false;
      if (given.type !== "timedOut") open?.begin?.();
      const settled = settle(visit, events, given);
      if (settled instanceof ExecutionFailure) reject(settled);
      else resolve(settled);
      return true;
    };
    run.openTasks.set(key, {
      answer,
      heartbeat: () => beat(clock.now()),
      told: () => ({
        token: work.token,
        enteredId: visit.enteredId,
        state: work.state.name,
        resource: events.name,
        input: work.text,
        since,
        timeoutAt: timeoutSeconds === undefined ? null : since + timeoutSeconds * 1000,
        heartbeatAt: heartbeatAt ?? null,
      }),
    });
    frame.signal.addEventListener("abort", aborted, { once: true });
    beat(since);
    if (frame.signal.aborted) aborted();
  });
}

/** Runs a call within its timeout: real time, since a function runs at its own speed. */
export async function withinTimeout<Output>(work: TaskWork, run: Promise<Output>): Promise<Output | "timedOut"> {
  const { timeoutSeconds, visit } = work;
  const { clock } = visit.run.states.environment.kernel;
  const { signal } = visit.frame;
  let cancel: (() => void) | undefined;
  let aborted: (() => void) | undefined;
  try {
    return await Promise.race([
      run,
      new Promise<"timedOut">((resolve, reject) => {
        if (timeoutSeconds !== undefined) cancel = clock.limit(timeoutSeconds * 1000, () => resolve("timedOut"));
        aborted = () => reject(new Ended());
        signal.addEventListener("abort", aborted, { once: true });
        if (signal.aborted) aborted();
      }),
    ]);
  } finally {
    cancel?.();
    if (aborted !== undefined) signal.removeEventListener("abort", aborted);
    run.catch(() => {}); // one that comes too late fails for nobody
  }
}
