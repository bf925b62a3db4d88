import type { RedriveExecutionInput, RedriveExecutionOutput } from "@aws-sdk/client-sfn";
import { AwsError } from "../../../kernel/awsError.ts";
import type { Call } from "../../../kernel/service.ts";
import { redriveOf } from "../describe.ts";
import { executionDoesNotExist } from "../errors.ts";
import { parseArnOf } from "../names.ts";
import { logForRedrive } from "../redrive.ts";
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
    const run = states.runs.go({ ...execution, status: "RUNNING" }, logForRedrive(states.executions.events(execution.id)), (begun) => begun.markRedriven(now));
    await run.commit();
    return { redriveDate: new Date(now) };
  };
}
