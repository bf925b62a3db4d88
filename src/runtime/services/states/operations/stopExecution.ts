import type { StopExecutionInput, StopExecutionOutput } from "@aws-sdk/client-sfn";
import type { Call } from "../../../kernel/service.ts";
import { executionDoesNotExist } from "../errors.ts";
import { parseArnOf } from "../names.ts";
import type { States } from "../states.ts";

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_StopExecution.html */
export function stopExecution(states: States) {
  return async (input: StopExecutionInput, call: Call): Promise<StopExecutionOutput> => {
    const arn = input.executionArn ?? "";
    parseArnOf(input.executionArn, "execution", "executionArn");
    const run = states.runs.find(arn);
    const execution = run === undefined ? states.executions.find(arn) : await run.stop(input.error, input.cause);
    if (execution === undefined) throw executionDoesNotExist(arn);
    call.target(states.machines.ref({ region: execution.record.region, name: execution.record.machineName }));
    return { stopDate: new Date(execution.stoppedAt ?? call.now()) };
  };
}
