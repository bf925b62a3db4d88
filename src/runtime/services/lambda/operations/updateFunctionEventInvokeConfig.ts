import type { FunctionEventInvokeConfig, UpdateFunctionEventInvokeConfigRequest } from "@aws-sdk/client-lambda";
import type { Call } from "../../../kernel/service.ts";
import {
  asyncConfiguration,
  asyncFunction,
  asyncSettingsOf,
  checkDestinations,
  keptSettings,
  withAsyncSettings,
} from "../asyncSettings.ts";
import type { Functions } from "../functions.ts";
import { parseFunctionName } from "../naming.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionEventInvokeConfig.html */
export function updateFunctionEventInvokeConfig(functions: Functions) {
  return (input: UpdateFunctionEventInvokeConfigRequest, call: Call): FunctionEventInvokeConfig => {
    const given = parseFunctionName(input.FunctionName, input.Qualifier);
    const record = asyncFunction(functions, given, call.region);
    const { settings: before } = keptSettings(functions, given, call.region);
    checkDestinations(input.DestinationConfig, record, functions);
    const settings = asyncSettingsOf(given.qualifier ?? "$LATEST", input, before, call.now());
    return asyncConfiguration(functions.save(withAsyncSettings(record, settings)), settings);
  };
}
