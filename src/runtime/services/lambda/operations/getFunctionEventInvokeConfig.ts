import type { FunctionEventInvokeConfig, GetFunctionEventInvokeConfigRequest } from "@aws-sdk/client-lambda";
import type { Call } from "../../../kernel/service.ts";
import { asyncConfiguration, keptSettings } from "../asyncSettings.ts";
import type { Functions } from "../functions.ts";
import { parseFunctionName } from "../naming.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionEventInvokeConfig.html */
export function getFunctionEventInvokeConfig(functions: Functions) {
  return (input: GetFunctionEventInvokeConfigRequest, call: Call): FunctionEventInvokeConfig => {
    const given = parseFunctionName(input.FunctionName, input.Qualifier);
    const { record, settings } = keptSettings(functions, given, call.region);
    return asyncConfiguration(record, settings);
  };
}
