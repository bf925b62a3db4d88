import type { GetProvisionedConcurrencyConfigRequest, GetProvisionedConcurrencyConfigResponse } from "@aws-sdk/client-lambda";
import type { Call } from "../../../kernel/service.ts";
import type { Functions } from "../functions.ts";
import { parseFunctionName } from "../naming.ts";
import { describeProvisioned, keptProvisioned, noVersion, provisionable } from "../provisioned.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetProvisionedConcurrencyConfig.html */
export function getProvisionedConcurrencyConfig(functions: Functions) {
  return (input: GetProvisionedConcurrencyConfigRequest, call: Call): GetProvisionedConcurrencyConfigResponse => {
    const given = parseFunctionName(input.FunctionName, input.Qualifier);
    const { record, qualifier } = provisionable(functions, given, call.region, noVersion);
    return describeProvisioned(keptProvisioned(record, qualifier));
  };
}
