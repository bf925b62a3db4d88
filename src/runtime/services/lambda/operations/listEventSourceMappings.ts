import type { ListEventSourceMappingsRequest, ListEventSourceMappingsResponse } from "@aws-sdk/client-lambda";
import type { Call } from "../../../kernel/service.ts";
import type { Mappings } from "../mapping/mappings.ts";
import { parseFunctionName } from "../naming.ts";
import { pageOf } from "../paging.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListEventSourceMappings.html */
export function listEventSourceMappings(mappings: Mappings) {
  return (input: ListEventSourceMappingsRequest, call: Call): ListEventSourceMappingsResponse => {
    const functionName = input.FunctionName === undefined ? undefined : parseFunctionName(input.FunctionName).name;
    const found = mappings.list(
      {
        ...(functionName !== undefined && { functionName }),
        ...(input.EventSourceArn !== undefined && { eventSourceArn: input.EventSourceArn }),
      },
      call.region,
    );
    const page = pageOf(found, input.Marker, input.MaxItems);
    return { EventSourceMappings: page.items.map((mapping) => mappings.describe(mapping)), ...page.next };
  };
}
