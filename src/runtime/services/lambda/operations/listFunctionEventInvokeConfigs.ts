import type { ListFunctionEventInvokeConfigsRequest, ListFunctionEventInvokeConfigsResponse } from "@aws-sdk/client-lambda";
import type { Call } from "../../../kernel/service.ts";
import { asyncConfiguration } from "../asyncSettings.ts";
import type { Functions } from "../functions.ts";
import { parseFunctionName } from "../naming.ts";
import { pageOf } from "../paging.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctionEventInvokeConfigs.html */
export function listFunctionEventInvokeConfigs(functions: Functions) {
  return (input: ListFunctionEventInvokeConfigsRequest, call: Call): ListFunctionEventInvokeConfigsResponse => {
    const record = functions.store.get(parseFunctionName(input.FunctionName), call.region);
    const page = pageOf(record.asyncSettings, input.Marker, input.MaxItems);
    return { FunctionEventInvokeConfigs: page.items.map((settings) => asyncConfiguration(record, settings)), ...page.next };
  };
}
