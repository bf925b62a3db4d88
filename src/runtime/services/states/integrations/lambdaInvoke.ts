// `lambda:invoke`: the whole answer of Invoke, with the payload as JSON.
import type { InvocationResponse } from "@aws-sdk/client-lambda";
import { readJsonText } from "../../../../model/asl/jsonText.ts";
import { isObjectValue, readValue, writeValue, type Value } from "../../../../model/asl/value.ts";
import { AwsError } from "../../../kernel/awsError.ts";
import { ExecutionFailure } from "../run/failure.ts";
import { functionFailure, payloadText } from "../run/functionTask.ts";
import type { TaskWork } from "../run/task.ts";
import { withMetadata } from "./metadata.ts";
import { optimisedFailure } from "./serviceErrors.ts";

export async function lambdaInvoke(work: TaskWork): Promise<Value> {
  const given = isObjectValue(work.input) ? work.input : {};
  const { Payload, ...rest } = given;
  const payload = payloadFor(Payload);
  let answer: InvocationResponse;
  try {
    answer = await work.invoke<InvocationResponse>("lambda", "Invoke", { ...rest, Payload: Buffer.from(payload) });
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    // Step Functions asks for a version where none is named, so AWS names it in the error.
    const isWhole = error.code === "ResourceNotFoundException" && /:function:[^:]+$/.test(error.message);
    throw optimisedFailure(
      work,
      "lambda",
      isWhole ? new AwsError(error.code, `${error.message}:$LATEST`, { status: error.status }) : error,
    );
  }
  const text = payloadText(answer);
  if (answer.FunctionError !== undefined) {
    const { error, cause } = functionFailure(text, true);
    throw new ExecutionFailure(error, cause);
  }
  const result: Value = {
    ExecutedVersion: answer.ExecutedVersion ?? "$LATEST",
    Payload: payloadValue(text),
    StatusCode: answer.StatusCode ?? 200,
  };
  return withMetadata(work, "lambda", result, Buffer.byteLength(text));
}

/** Without a payload the function gets an empty object; a text that is JSON goes as it is. */
function payloadFor(given: Value | undefined): string {
  if (given === undefined || given === null) return "{}";
  return typeof given === "string" && readJsonText(given).ok ? given : writeValue(given);
}

function payloadValue(text: string): Value {
  try {
    return readValue(text);
  } catch {
    return text;
  }
}
