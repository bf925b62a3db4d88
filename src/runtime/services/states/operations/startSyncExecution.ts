import type { StartSyncExecutionInput, StartSyncExecutionOutput } from "@aws-sdk/client-sfn";
import type { Call } from "../../../kernel/service.ts";
import { typeNotSupported } from "../errors.ts";
import type { States } from "../states.ts";
import { recordOf, targetOf } from "./startExecution.ts";

/** Step Functions rounds up to these. */
const billedMilliseconds = 100;
const billedMegabytes = 64;

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartSyncExecution.html: the answer when it has ended. */
export function startSyncExecution(states: States) {
  return async (input: StartSyncExecutionInput, call: Call): Promise<StartSyncExecutionOutput> => {
    const { target, mockCase } = targetOf(states, input.stateMachineArn, call);
    if (target.machine.type !== "EXPRESS") throw typeNotSupported();
    const record = recordOf(states, target, input, call, mockCase);
    const execution = await states.runs.start(record, call).ended;
    const stoppedAt = execution.stoppedAt ?? record.startedAt;
    return {
      executionArn: record.arn,
      stateMachineArn: record.machineArn,
      name: record.name,
      startDate: new Date(record.startedAt),
      stopDate: new Date(stoppedAt),
      status: execution.status === "SUCCEEDED" ? "SUCCEEDED" : execution.status === "TIMED_OUT" ? "TIMED_OUT" : "FAILED",
      ...(execution.error !== undefined && { error: execution.error }),
      ...(execution.cause !== undefined && { cause: execution.cause }),
      input: record.input,
      inputDetails: { included: true },
      ...(execution.output !== undefined && { output: execution.output }),
      outputDetails: { included: true },
      ...(record.traceHeader !== undefined && { traceHeader: record.traceHeader }),
      billingDetails: {
        billedDurationInMilliseconds: Math.max(1, Math.ceil((stoppedAt - record.startedAt) / billedMilliseconds)) * billedMilliseconds,
        billedMemoryUsedInMB: billedMegabytes,
      },
    };
  };
}
