// A Task whose Resource is a function's ARN.
import type { InvocationResponse } from "@aws-sdk/client-lambda";
import type { Value } from "../../../../model/asl/value.ts";
import { AwsError } from "../../../kernel/awsError.ts";
import { ExecutionFailure } from "./failure.ts";
import { mockedAnswer } from "../mock.ts";
import { pastOf, type TaskWork } from "./task.ts";
import { settle, settledBefore, type TaskEvents, withinTimeout } from "./taskEvents.ts";
import type { TaskAnswer } from "./taskToken.ts";

export async function runFunction(work: TaskWork, arn: string): Promise<Value> {
  const { visit, text, timeoutSeconds, credentials } = work;
  const { run, frame } = visit;
  const events: TaskEvents = {
    succeeded: "LambdaFunctionSucceeded",
    failed: "LambdaFunctionFailed",
    timedOut: "LambdaFunctionTimedOut",
    common: {},
    name: arn,
  };
  const before = settledBefore(work, events);
  if (before !== undefined) return before;
  if (pastOf(work, "LambdaFunctionScheduled") === undefined) {
    const { retries } = visit;
    visit.retries = undefined;
    run.emit(
      frame,
      "LambdaFunctionScheduled",
      { resource: arn, input: text, timeoutInSeconds: timeoutSeconds, ...(credentials && { taskCredentials: credentials }) },
      retries && { retries },
    );
    run.emit(frame, "LambdaFunctionStarted");
  }
  await run.commit();
  const answer = mockedAnswer(work) ?? (await withinTimeout(work, invoke(work, arn)));
  const settled = settle(visit, events, answer === "timedOut" ? { type: "timedOut" } : answer);
  if (settled instanceof ExecutionFailure) throw settled;
  return settled;
}

async function invoke(work: TaskWork, arn: string): Promise<TaskAnswer> {
  try {
    const answer = await work.invoke<InvocationResponse>("lambda", "Invoke", {
      FunctionName: arn,
      Payload: Buffer.from(work.text),
    });
    const text = payloadText(answer);
    return answer.FunctionError === undefined ? { type: "succeeded", output: text } : { type: "failed", ...functionFailure(text, false) };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return {
      type: "failed",
      error: `Lambda.${error.code}`,
      cause: `${error.message} (Service: AWSLambda; Status Code: ${error.status}; Error Code: ${error.code}; Request ID: ${work.visit.run.sources.uuid()}; Proxy: null)`,
    };
  }
}

export function payloadText(answer: InvocationResponse): string {
  const text = answer.Payload === undefined ? "" : Buffer.from(answer.Payload).toString("utf8");
  return text === "" ? "null" : text;
}

/** Error and cause of a function that failed: its type of error, and the whole document. */
export function functionFailure(text: string, isCompact: boolean): { readonly error: string; readonly cause: string } {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return { error: "Lambda.Unknown", cause: text };
  }
  const type = typeof document === "object" && document !== null && "errorType" in document ? document.errorType : undefined;
  const cause = isCompact ? JSON.stringify(document) : text;
  if (typeof type !== "string")
    return {
      error: "Lambda.Unknown",
      cause: `The cause could not be determined because Lambda did not return an error type. Returned payload: ${text}`,
    };
  return { error: type === "" ? "Lambda.Unknown" : type, cause };
}
