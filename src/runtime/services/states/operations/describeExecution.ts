import type { DescribeExecutionInput, DescribeExecutionOutput } from "@aws-sdk/client-sfn";
import { describeExecution as describe } from "../describe.ts";
import { executionDoesNotExist } from "../errors.ts";
import { parseArnOf } from "../names.ts";
import type { States } from "../states.ts";

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeExecution.html */
export function describeExecution(states: States) {
  return async (input: DescribeExecutionInput): Promise<DescribeExecutionOutput> => {
    parseArnOf(input.executionArn, "execution", "executionArn");
    // Nothing is told that a killed process would forget.
    await states.runs.find(input.executionArn ?? "")?.commit();
    const execution = states.runs.execution(input.executionArn ?? "");
    if (execution === undefined) throw executionDoesNotExist(input.executionArn ?? "");
    const described = describe(execution);
    if (input.includedData !== "METADATA_ONLY") return described;
    const { input: _input, output: _output, error: _error, cause: _cause, ...rest } = described;
    return { ...rest, inputDetails: { included: false }, ...(execution.output !== undefined && { outputDetails: { included: false } }) };
  };
}
