import type { FunctionEventInvokeConfig, PutFunctionEventInvokeConfigRequest } from "@aws-sdk/client-lambda";
import type { Call } from "../../../kernel/service.ts";
import { asyncConfiguration, asyncSettingsOf, withAsyncSettings } from "../asyncSettings.ts";
import type { Functions } from "../functions.ts";
import { parseFunctionName } from "../naming.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html */
export function putFunctionEventInvokeConfig(functions: Functions) {
  return (input: PutFunctionEventInvokeConfigRequest, call: Call): FunctionEventInvokeConfig => {
    const given = parseFunctionName(input.FunctionName, input.Qualifier);
    functions.store.version(given, call.region);
    const settings = asyncSettingsOf(given.qualifier ?? "$LATEST", input, undefined, call.now());
    return asyncConfiguration(functions.save(withAsyncSettings(functions.store.get(given, call.region), settings)), settings);
  };
}
