import type { ListMapRunsInput, ListMapRunsOutput } from "@aws-sdk/client-sfn";
import { executionDoesNotExist } from "../errors.ts";
import { parseArnOf } from "../names.ts";
import { cut } from "../paging.ts";
import type { States } from "../states.ts";

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListMapRuns.html */
export function listMapRuns(states: States) {
  return (input: ListMapRunsInput): ListMapRunsOutput => {
    parseArnOf(input.executionArn, "execution", "executionArn");
    const arn = input.executionArn ?? "";
    if (states.runs.execution(arn) === undefined) throw executionDoesNotExist(arn);
    const { page, nextToken } = cut(states.mapRuns.of(arn), input);
    return {
      mapRuns: page.map(({ arn: mapRunArn, executionArn, machineArn, startedAt, stoppedAt }) => ({
        mapRunArn,
        executionArn,
        stateMachineArn: machineArn,
        startDate: new Date(startedAt),
        ...(stoppedAt !== null && { stopDate: new Date(stoppedAt) }),
      })),
      ...(nextToken !== undefined && { nextToken }),
    };
  };
}
