import type { GetFunctionRequest, GetFunctionResponse } from "@aws-sdk/client-lambda";
import type { Call } from "../../../kernel/service.ts";
import { codeLocation } from "../code/download.ts";
import { configurationOf } from "../configuration.ts";
import type { Functions } from "../functions.ts";
import { parseFunctionName } from "../naming.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html */
export function getFunction(functions: Functions) {
  return (input: GetFunctionRequest, call: Call): GetFunctionResponse => {
    const given = parseFunctionName(input.FunctionName, input.Qualifier);
    const record = functions.store.get(given, call.region);
    const version = functions.store.version(given, call.region);
    const { code } = version;
    const location = code.type === "local" ? `file://${code.root}` : codeLocation(functions.service.endpoint(), code.directory);
    return {
      Configuration: configurationOf(version, given.qualifier),
      Code: { RepositoryType: code.type === "local" ? "Local" : "S3", Location: location },
      ...(Object.keys(record.tags).length > 0 && { Tags: { ...record.tags } }),
      ...(record.reservedConcurrency !== undefined && { Concurrency: { ReservedConcurrentExecutions: record.reservedConcurrency } }),
    };
  };
}
