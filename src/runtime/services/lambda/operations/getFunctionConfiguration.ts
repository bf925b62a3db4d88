import type { FunctionConfiguration, GetFunctionConfigurationRequest } from "@aws-sdk/client-lambda";
import type { Call } from "../../../kernel/service.ts";
import { configurationOf } from "../configuration.ts";
import type { Functions } from "../functions.ts";
import { parseFunctionName } from "../naming.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionConfiguration.html */
export function getFunctionConfiguration(functions: Functions) {
  return (input: GetFunctionConfigurationRequest, call: Call): FunctionConfiguration => {
    const given = parseFunctionName(input.FunctionName, input.Qualifier);
    return configurationOf(functions.store.version(given, call.region), given.qualifier);
  };
}
