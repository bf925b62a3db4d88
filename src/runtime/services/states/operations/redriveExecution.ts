import type { RedriveExecutionInput, RedriveExecutionOutput } from "@aws-sdk/client-sfn";
import { AwsError } from "../../../kernel/awsError.ts";
import type { Call } from "../../../kernel/service.ts";
import { redriveOf } from "../describe.ts";
import { executionDoesNotExist } from "../errors.ts";
import { parseArnOf } from "../names.ts";
import type { States } from "../states.ts";

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_RedriveExecution.html: on from the state that failed. */
export function redriveExecution(states: States) {
  return async (input: RedriveExecutionInput, call: Call): Promise<RedriveExecutionOutput> => {
    const arn = input.executionArn ?? "";
    parseArnOf(input.executionArn, "execution", "executionArn");
    const execution = states.runs.execution(arn);
    if (execution === undefined) throw executionDoesNotExist(arn);
    const now = call.now();
    const { redriveStatus, redriveStatusReason } = redriveOf(execution, now);
    if (redriveStatus !== "REDRIVABLE")
      throw new AwsError("ExecutionNotRedrivable", redriveStatusReason ?? `Execution is ${execution.status} and cannot be redriven`);
    await states.runs.redrive(execution, now).commit();
    return { redriveDate: new Date(now) };
  };
}
