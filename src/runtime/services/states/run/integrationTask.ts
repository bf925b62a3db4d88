// A Task that calls another service: request and response, wait for what was begun, or wait for a task token.
import { writeValue, type Value } from "../../../../model/asl/value.ts";
import type { TaskResource } from "../../../../model/asl/resource.ts";
import { callIntegration } from "../integrations/integrations.ts";
import { awaitNested } from "../integrations/nestedExecution.ts";
import { withMetadata } from "../integrations/metadata.ts";
import { checkFields } from "../integrations/taskFields.ts";
import { mockedAnswer } from "../mock.ts";
import { ExecutionFailure } from "./failure.ts";
import { pastOf, type TaskWork } from "./task.ts";
import { awaitAnswer, settle, settledBefore, type TaskEvents, textOf, withinTimeout } from "./taskEvents.ts";
import type { TaskAnswer } from "./taskToken.ts";

export type IntegrationResource = Extract<TaskResource, { readonly type: "integration" }>;

const suffixes = { requestResponse: "", sync: ".sync", sync2: ".sync:2", waitForTaskToken: ".waitForTaskToken" } as const;

export async function runIntegration(work: TaskWork, resource: IntegrationResource): Promise<Value> {
  const { visit, text, timeoutSeconds, heartbeatSeconds, credentials } = work;
  const { run, frame } = visit;
  const common = {
    resourceType: resource.isSdk ? `aws-sdk:${resource.service}` : resource.service,
    resource: `${resource.operation}${suffixes[resource.pattern]}`,
  };
  const events: TaskEvents = { succeeded: "TaskSucceeded", failed: "TaskFailed", timedOut: "TaskTimedOut", common, name: resource.service };
  const before = settledBefore(work, events);
  if (before !== undefined) return before;
  const scheduled = pastOf(work, "TaskScheduled");
  if (scheduled === undefined) {
    checkFields(resource, work.input, text);
    const { retries } = visit;
    visit.retries = undefined;
    const details = {
      ...common,
      region: run.record.region,
      parameters: text,
      timeoutInSeconds: timeoutSeconds,
      heartbeatInSeconds: heartbeatSeconds,
      ...(credentials && { taskCredentials: credentials }),
    };
    run.emit(frame, "TaskScheduled", details, retries && { retries });
    run.emit(frame, "TaskStarted", common);
  }
  const since = scheduled?.at ?? run.sources.now();
  const submitted = pastOf(work, "TaskSubmitted");
  await run.commit();
  if (resource.pattern === "requestResponse") return end(work, events, mockedAnswer(work) ?? (await answerOf(work, resource)));

  const mocked = mockedAnswer(work);
  if (mocked !== undefined) {
    run.emit(frame, "TaskSubmitted", { ...common, output: writeValue(withMetadata(work, resource.service, {})) });
    return end(work, events, mocked);
  }
  // The answer may come before the call that asks for it has returned. What is waited for can be answered with the token too.
  const answered = awaitAnswer(work, events, since);
  answered.catch(() => {}); // heard below, unless the call itself fails
  let submission = submitted && textOf(submitted, "output");
  if (submission === undefined) {
    const answer = await answerOf(work, resource);
    if (answer.type !== "succeeded") {
      run.openTasks.delete(work.key);
      return end(work, events, answer);
    }
    submission = answer.output;
    if (run.openTasks.has(work.key)) {
      run.emit(frame, "TaskSubmitted", { ...common, output: submission }, { hop: run.calls.get(visit.enteredId) });
      await run.commit();
    }
  }
  if (resource.pattern !== "waitForTaskToken") {
    const nested = await Promise.race([answered.then(() => undefined), awaitNested(work, submission, resource.pattern === "sync2")]);
    if (nested !== undefined) run.openTasks.get(work.key)?.answer(nested);
  }
  return answered;
}

async function answerOf(work: TaskWork, resource: IntegrationResource): Promise<TaskAnswer> {
  try {
    const output = await withinTimeout(work, callIntegration(work, resource));
    return output === "timedOut" ? { type: "timedOut" } : { type: "succeeded", output: writeValue(output) };
  } catch (error) {
    if (!(error instanceof ExecutionFailure) || error.isFatal) throw error;
    return { type: "failed", error: error.error, cause: error.reason };
  }
}

function end(work: TaskWork, events: TaskEvents, answer: TaskAnswer): Value {
  const settled = settle(work.visit, events, answer);
  if (settled instanceof ExecutionFailure) throw settled;
  return settled;
}
