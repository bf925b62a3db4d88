import type { FunctionEventInvokeConfig, PutFunctionEventInvokeConfigRequest } from "@aws-sdk/client-lambda";
import type { Call } from "../../../kernel/service.ts";
import { asyncConfiguration, asyncFunction, asyncSettingsOf, checkDestinations, withAsyncSettings } from "../asyncSettings.ts";
import { invalidParameter } from "../errors.ts";
import type { Functions } from "../functions.ts";
import { parseFunctionName } from "../naming.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html */
export function putFunctionEventInvokeConfig(functions: Functions) {
  return (input: PutFunctionEventInvokeConfigRequest, call: Call): FunctionEventInvokeConfig => {
    const given = parseFunctionName(input.FunctionName, input.Qualifier);
    if (input.MaximumRetryAttempts === undefined && input.MaximumEventAgeInSeconds === undefined && input.DestinationConfig === undefined)
      throw invalidParameter("You must specify at least one of error handling or destination setting.");
    const record = asyncFunction(functions, given, call.region);
    checkDestinations(input.DestinationConfig, record, functions);
    const settings = asyncSettingsOf(given.qualifier ?? "$LATEST", input, undefined, call.now());
    return asyncConfiguration(functions.save(withAsyncSettings(record, settings)), settings);
  };
}
