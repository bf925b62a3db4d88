import type { GetExecutionHistoryInput, GetExecutionHistoryOutput } from "@aws-sdk/client-sfn";
import { executionDoesNotExist } from "../errors.ts";
import { describeEvent } from "../history.ts";
import { parseArnOf } from "../names.ts";
import { cut } from "../paging.ts";
import type { States } from "../states.ts";

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_GetExecutionHistory.html */
export function getExecutionHistory(states: States) {
  return (input: GetExecutionHistoryInput): GetExecutionHistoryOutput => {
    parseArnOf(input.executionArn, "execution", "executionArn");
    const execution = states.runs.execution(input.executionArn ?? "");
    if (execution === undefined) throw executionDoesNotExist(input.executionArn ?? "");
    const events = states.runs.events(execution);
    const { page, nextToken } = cut(input.reverseOrder === true ? events.toReversed() : events, input);
    return {
      events: page.map((event) => describeEvent(event, input.includeExecutionData !== false)),
      ...(nextToken !== undefined && { nextToken }),
    };
  };
}
