import type { GetFunctionRecursionConfigRequest, GetFunctionRecursionConfigResponse } from "@aws-sdk/client-lambda";
import type { Call } from "../../../kernel/service.ts";
import type { Functions } from "../functions.ts";
import { parseFunctionName } from "../naming.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionRecursionConfig.html */
export function getFunctionRecursionConfig(functions: Functions) {
  return (input: GetFunctionRecursionConfigRequest, call: Call): GetFunctionRecursionConfigResponse => {
    const { allowsRecursion = false } = functions.store.get(parseFunctionName(input.FunctionName), call.region);
    return { RecursiveLoop: allowsRecursion ? "Allow" : "Terminate" };
  };
}
