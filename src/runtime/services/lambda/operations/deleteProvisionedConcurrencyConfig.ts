import type { DeleteProvisionedConcurrencyConfigRequest } from "@aws-sdk/client-lambda";
import type { Call } from "../../../kernel/service.ts";
import type { Functions } from "../functions.ts";
import { parseFunctionName } from "../naming.ts";
import { noVersion, provisionable, withoutProvisioned } from "../provisioned.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_DeleteProvisionedConcurrencyConfig.html */
export function deleteProvisionedConcurrencyConfig(functions: Functions) {
  return (input: DeleteProvisionedConcurrencyConfigRequest, call: Call): Record<string, never> => {
    const given = parseFunctionName(input.FunctionName, input.Qualifier);
    const { record, qualifier } = provisionable(functions, given, call.region, noVersion);
    functions.save(withoutProvisioned(record, qualifier));
    call.status(204);
    return {};
  };
}
