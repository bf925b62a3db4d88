// A Task that a worker outside does: it asks for work with GetActivityTask and answers with the token.
import type { Value } from "../../../../model/asl/value.ts";
import { StateFailure } from "../../../../model/asl/failure.ts";
import { mockedAnswer } from "../mock.ts";
import { ExecutionFailure } from "./failure.ts";
import { pastOf, type TaskWork } from "./task.ts";
import { awaitAnswer, settle, settledBefore, type TaskEvents } from "./taskEvents.ts";

export async function runActivity(work: TaskWork, arn: string): Promise<Value> {
  const { visit, text, timeoutSeconds, heartbeatSeconds } = work;
  const { run, frame } = visit;
  const activity = run.states.activities.find(arn);
  if (activity === undefined) throw new StateFailure("States.Runtime", `The activity ${arn} does not exist.`);
  const events: TaskEvents = {
    succeeded: "ActivitySucceeded",
    failed: "ActivityFailed",
    timedOut: "ActivityTimedOut",
    common: {},
    name: arn,
  };
  const before = settledBefore(work, events);
  if (before !== undefined) return before;
  const scheduled = pastOf(work, "ActivityScheduled");
  if (scheduled === undefined) {
    const { retries } = visit;
    visit.retries = undefined;
    run.emit(
      frame,
      "ActivityScheduled",
      { resource: arn, input: text, timeoutInSeconds: timeoutSeconds, heartbeatInSeconds: heartbeatSeconds },
      retries && { retries },
    );
  }
  await run.commit();
  const mocked = mockedAnswer(work);
  if (mocked !== undefined) {
    const settled = settle(visit, events, mocked);
    if (settled instanceof ExecutionFailure) throw settled;
    return settled;
  }
  const answered = awaitAnswer(work, events, scheduled?.at ?? run.sources.now());
  if (pastOf(work, "ActivityStarted") === undefined) {
    answeredUntaken(work);
    activity.offer({
      token: work.token,
      input: text,
      isOpen: () => run.openTasks.has(work.key),
      async taken(workerName) {
        const open = run.openTasks.get(work.key);
        if (open !== undefined) delete open.begin;
        run.emit(frame, "ActivityStarted", { workerName });
        await run.commit();
      },
    });
  }
  return answered;
}

/** A person in the Studio sees the token before any worker took the task: an answer then begins it too, as if they had taken it. */
function answeredUntaken({ visit, key }: TaskWork): void {
  const { run, frame } = visit;
  const open = run.openTasks.get(key);
  if (open !== undefined) open.begin = () => void run.emit(frame, "ActivityStarted", { workerName: "Studio" });
}
