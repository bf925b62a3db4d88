import type { PutFunctionRecursionConfigRequest, PutFunctionRecursionConfigResponse } from "@aws-sdk/client-lambda";
import type { Call } from "../../../kernel/service.ts";
import type { Functions } from "../functions.ts";
import { parseFunctionName } from "../naming.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionRecursionConfig.html */
export function putFunctionRecursionConfig(functions: Functions) {
  return (input: PutFunctionRecursionConfigRequest, call: Call): PutFunctionRecursionConfigResponse => {
    const record = functions.store.get(parseFunctionName(input.FunctionName), call.region);
    const wanted = input.RecursiveLoop;
    functions.save({ ...record, allowsRecursion: wanted === "Allow" });
    return { RecursiveLoop: wanted };
  };
}
