import type { PutProvisionedConcurrencyConfigRequest, PutProvisionedConcurrencyConfigResponse } from "@aws-sdk/client-lambda";
import type { Call } from "../../../kernel/service.ts";
import { lambdaTime } from "../configuration.ts";
import type { Functions } from "../functions.ts";
import { parseFunctionName } from "../naming.ts";
import { checkProvisionedOnce, provisionable, withoutProvisioned } from "../provisioned.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_PutProvisionedConcurrencyConfig.html */
export function putProvisionedConcurrencyConfig(functions: Functions) {
  return (input: PutProvisionedConcurrencyConfigRequest, call: Call): PutProvisionedConcurrencyConfigResponse => {
    const given = parseFunctionName(input.FunctionName, input.Qualifier);
    const { record, qualifier } = provisionable(
      functions,
      given,
      call.region,
      "Provisioned Concurrency Configs cannot be applied to unpublished function versions.",
    );
    checkProvisionedOnce(record, qualifier);
    const executions = input.ProvisionedConcurrentExecutions ?? 0;
    const lastModified = lambdaTime(call.now());
    const before = withoutProvisioned(record, qualifier);
    functions.save({ ...before, provisioned: [...(before.provisioned ?? []), { qualifier, executions, lastModified }] });
    call.status(202);
    return {
      RequestedProvisionedConcurrentExecutions: executions,
      AvailableProvisionedConcurrentExecutions: 0,
      AllocatedProvisionedConcurrentExecutions: 0,
      Status: "IN_PROGRESS",
      LastModified: lastModified,
    };
  };
}
