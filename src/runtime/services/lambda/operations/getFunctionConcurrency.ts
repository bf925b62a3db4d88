import type { GetFunctionConcurrencyRequest, GetFunctionConcurrencyResponse } from "@aws-sdk/client-lambda";
import type { Call } from "../../../kernel/service.ts";
import type { Functions } from "../functions.ts";
import { parseFunctionName } from "../naming.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConcurrency.html */
export function getFunctionConcurrency(functions: Functions) {
  return (input: GetFunctionConcurrencyRequest, call: Call): GetFunctionConcurrencyResponse => {
    const { reservedConcurrency } = functions.store.get(parseFunctionName(input.FunctionName), call.region);
    return reservedConcurrency === undefined ? {} : { ReservedConcurrentExecutions: reservedConcurrency };
  };
}
