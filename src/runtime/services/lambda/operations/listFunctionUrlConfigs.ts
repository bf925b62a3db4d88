import type { ListFunctionUrlConfigsRequest, ListFunctionUrlConfigsResponse } from "@aws-sdk/client-lambda";
import type { Call } from "../../../kernel/service.ts";
import type { Functions } from "../functions.ts";
import { parseFunctionName } from "../naming.ts";
import { pageOf } from "../paging.ts";
import { urlConfiguration, urlFunction } from "../url/functionUrl.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctionUrlConfigs.html */
export function listFunctionUrlConfigs(functions: Functions) {
  return (input: ListFunctionUrlConfigsRequest, call: Call): ListFunctionUrlConfigsResponse => {
    const record = urlFunction(functions, { name: parseFunctionName(input.FunctionName).name }, call.region);
    const page = pageOf(record.urls, input.Marker, input.MaxItems);
    return { FunctionUrlConfigs: page.items.map((url) => urlConfiguration(record, url)), ...page.next };
  };
}
