// `states:startExecution.sync`: waits for the execution that was started, and gives what DescribeExecution says of it.
import { readValue, writeValue, type Value } from "../../../../model/asl/value.ts";
import type { Execution } from "../executions.ts";
import type { TaskWork } from "../run/task.ts";
import type { TaskAnswer } from "../run/taskToken.ts";

/** `submission` is the answer of StartExecution. With `isParsed` (`.sync:2`) input and output are JSON, else texts. */
export async function awaitNested(work: TaskWork, submission: string, isParsed: boolean): Promise<TaskAnswer> {
  const { states } = work.visit.run;
  const { ExecutionArn } = JSON.parse(submission) as { ExecutionArn?: string };
  const arn = ExecutionArn ?? "";
  const { frame } = work.visit;
  const stop = (): void => {
    if (!states.isStopping) void states.runs.find(arn)?.stop(undefined, undefined);
  };
  frame.signal.addEventListener("abort", stop, { once: true });
  try {
    const execution = (await states.runs.find(arn)?.ended) ?? states.runs.execution(arn);
    if (execution === undefined) return { type: "failed", error: "States.TaskFailed", cause: `The execution ${arn} is no longer there.` };
    const text = writeValue(described(execution, isParsed));
    return execution.status === "SUCCEEDED"
      ? { type: "succeeded", output: text }
      : { type: "failed", error: "States.TaskFailed", cause: text };
  } finally {
    frame.signal.removeEventListener("abort", stop);
  }
}

function described(execution: Execution, isParsed: boolean): Value {
  const { record } = execution;
  const data = (text: string): Value => (isParsed ? readValue(text) : text);
  return {
    ...(execution.cause !== undefined && { Cause: execution.cause }),
    ...(execution.error !== undefined && { Error: execution.error }),
    ExecutionArn: record.arn,
    Input: data(record.input),
    InputDetails: { Included: true },
    Name: record.name,
    ...(execution.output !== undefined && { Output: data(execution.output), OutputDetails: { Included: true } }),
    RedriveCount: execution.redriveCount,
    RedriveStatus: execution.status === "SUCCEEDED" ? "NOT_REDRIVABLE" : "REDRIVABLE",
    ...(execution.status === "SUCCEEDED" && { RedriveStatusReason: "Execution is SUCCEEDED and cannot be redriven" }),
    StartDate: record.startedAt,
    StateMachineArn: record.machineArn,
    Status: execution.status,
    StopDate: execution.stoppedAt ?? 0,
  };
}
