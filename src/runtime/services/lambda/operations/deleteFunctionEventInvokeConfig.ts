import type { DeleteFunctionEventInvokeConfigRequest } from "@aws-sdk/client-lambda";
import type { Call } from "../../../kernel/service.ts";
import { findAsyncSettings, noEventInvokeConfig } from "../asyncSettings.ts";
import type { Functions } from "../functions.ts";
import { parseFunctionName } from "../naming.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunctionEventInvokeConfig.html */
export function deleteFunctionEventInvokeConfig(functions: Functions) {
  return (input: DeleteFunctionEventInvokeConfigRequest, call: Call): Record<string, never> => {
    const given = parseFunctionName(input.FunctionName, input.Qualifier);
    const record = functions.store.get(given, call.region);
    const settings = findAsyncSettings(record, given.qualifier);
    if (settings === undefined) throw noEventInvokeConfig(record, given);
    functions.save({ ...record, asyncSettings: record.asyncSettings.filter((candidate) => candidate !== settings) });
    return {};
  };
}
