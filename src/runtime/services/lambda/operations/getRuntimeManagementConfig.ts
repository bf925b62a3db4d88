import type { GetRuntimeManagementConfigRequest, GetRuntimeManagementConfigResponse } from "@aws-sdk/client-lambda";
import type { Call } from "../../../kernel/service.ts";
import { functionArn } from "../function.ts";
import type { Functions } from "../functions.ts";
import { parseFunctionName } from "../naming.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetRuntimeManagementConfig.html */
export function getRuntimeManagementConfig(functions: Functions) {
  return (input: GetRuntimeManagementConfigRequest, call: Call): GetRuntimeManagementConfigResponse => {
    const given = parseFunctionName(input.FunctionName, input.Qualifier);
    const version = functions.store.version(given, call.region);
    return { UpdateRuntimeOn: "Auto", FunctionArn: functionArn(version, given.qualifier) };
  };
}
