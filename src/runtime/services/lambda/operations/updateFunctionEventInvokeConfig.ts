import type { FunctionEventInvokeConfig, UpdateFunctionEventInvokeConfigRequest } from "@aws-sdk/client-lambda";
import type { Call } from "../../../kernel/service.ts";
import { asyncConfiguration, asyncSettingsOf, findAsyncSettings, withAsyncSettings } from "../asyncSettings.ts";
import type { Functions } from "../functions.ts";
import { parseFunctionName } from "../naming.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionEventInvokeConfig.html */
export function updateFunctionEventInvokeConfig(functions: Functions) {
  return (input: UpdateFunctionEventInvokeConfigRequest, call: Call): FunctionEventInvokeConfig => {
    const given = parseFunctionName(input.FunctionName, input.Qualifier);
    functions.store.version(given, call.region);
    const record = functions.store.get(given, call.region);
    const settings = asyncSettingsOf(given.qualifier ?? "$LATEST", input, findAsyncSettings(record, given.qualifier), call.now());
    return asyncConfiguration(functions.save(withAsyncSettings(record, settings)), settings);
  };
}
