import type { ListFunctionEventInvokeConfigsRequest, ListFunctionEventInvokeConfigsResponse } from "@aws-sdk/client-lambda";
import type { Call } from "../../../kernel/service.ts";
import { asyncConfiguration, asyncFunction } from "../asyncSettings.ts";
import type { AsyncSettings } from "../function.ts";
import type { Functions } from "../functions.ts";
import { parseFunctionName } from "../naming.ts";
import { pageOf } from "../paging.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctionEventInvokeConfigs.html */
export function listFunctionEventInvokeConfigs(functions: Functions) {
  return (input: ListFunctionEventInvokeConfigsRequest, call: Call): ListFunctionEventInvokeConfigsResponse => {
    const record = asyncFunction(functions, { name: parseFunctionName(input.FunctionName).name }, call.region);
    // $LATEST, then versions, then aliases.
    const rank = ({ qualifier }: AsyncSettings): number =>
      qualifier === "$LATEST" ? 0 : /^\d+$/.test(qualifier) ? Number(qualifier) : Infinity;
    const settled = record.asyncSettings.toSorted((one, other) => rank(one) - rank(other) || one.qualifier.localeCompare(other.qualifier));
    const page = pageOf(settled, input.Marker, input.MaxItems);
    return { FunctionEventInvokeConfigs: page.items.map((settings) => asyncConfiguration(record, settings)), ...page.next };
  };
}
