import type { ListProvisionedConcurrencyConfigsRequest, ListProvisionedConcurrencyConfigsResponse } from "@aws-sdk/client-lambda";
import type { Call } from "../../../kernel/service.ts";
import type { Functions } from "../functions.ts";
import { parseFunctionName } from "../naming.ts";
import { pageOf } from "../paging.ts";
import { describeProvisioned, provisionedArn } from "../provisioned.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_ListProvisionedConcurrencyConfigs.html */
export function listProvisionedConcurrencyConfigs(functions: Functions) {
  return (input: ListProvisionedConcurrencyConfigsRequest, call: Call): ListProvisionedConcurrencyConfigsResponse => {
    const record = functions.store.get(parseFunctionName(input.FunctionName), call.region);
    const page = pageOf(record.provisioned ?? [], input.Marker, input.MaxItems);
    return {
      ProvisionedConcurrencyConfigs: page.items.map((one) => ({ FunctionArn: provisionedArn(record, one), ...describeProvisioned(one) })),
      ...page.next,
    };
  };
}
