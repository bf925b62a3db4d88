import type { DeleteFunctionEventInvokeConfigRequest } from "@aws-sdk/client-lambda";
import type { Call } from "../../../kernel/service.ts";
import { keptSettings } from "../asyncSettings.ts";
import type { Functions } from "../functions.ts";
import { parseFunctionName } from "../naming.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunctionEventInvokeConfig.html */
export function deleteFunctionEventInvokeConfig(functions: Functions) {
  return (input: DeleteFunctionEventInvokeConfigRequest, call: Call): Record<string, never> => {
    const given = parseFunctionName(input.FunctionName, input.Qualifier);
    const { record, settings } = keptSettings(functions, given, call.region);
    functions.save({ ...record, asyncSettings: record.asyncSettings.filter((candidate) => candidate !== settings) });
    return {};
  };
}
