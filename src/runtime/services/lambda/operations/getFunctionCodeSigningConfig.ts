import type { GetFunctionCodeSigningConfigRequest } from "@aws-sdk/client-lambda";
import type { Call } from "../../../kernel/service.ts";
import type { Functions } from "../functions.ts";
import { parseFunctionName } from "../naming.ts";

/** No function has one: https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionCodeSigningConfig.html */
export function getFunctionCodeSigningConfig(functions: Functions) {
  return (input: GetFunctionCodeSigningConfigRequest, call: Call): Record<string, never> => {
    functions.store.get(parseFunctionName(input.FunctionName), call.region);
    return {};
  };
}
