import type { ListVersionsByFunctionRequest, ListVersionsByFunctionResponse } from "@aws-sdk/client-lambda";
import type { Call } from "../../../kernel/service.ts";
import { listedConfiguration } from "../configuration.ts";
import type { Functions } from "../functions.ts";
import { parseFunctionName } from "../naming.ts";
import { pageOf } from "../paging.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListVersionsByFunction.html */
export function listVersionsByFunction(functions: Functions) {
  return (input: ListVersionsByFunctionRequest, call: Call): ListVersionsByFunctionResponse => {
    const record = functions.store.get(parseFunctionName(input.FunctionName), call.region);
    const page = pageOf([record.latest, ...record.published], input.Marker, input.MaxItems);
    return { Versions: page.items.map((version) => listedConfiguration(version, version.version)), ...page.next };
  };
}
