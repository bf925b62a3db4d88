import type { DeleteFunctionConcurrencyRequest } from "@aws-sdk/client-lambda";
import type { Call } from "../../../kernel/service.ts";
import type { Functions } from "../functions.ts";
import { parseFunctionName } from "../naming.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunctionConcurrency.html */
export function deleteFunctionConcurrency(functions: Functions) {
  return (input: DeleteFunctionConcurrencyRequest, call: Call): Record<string, never> => {
    const { reservedConcurrency: _, ...record } = functions.store.get(parseFunctionName(input.FunctionName), call.region);
    functions.save(record);
    return {};
  };
}
