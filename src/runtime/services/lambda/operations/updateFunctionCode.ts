import type { FunctionConfiguration, UpdateFunctionCodeRequest } from "@aws-sdk/client-lambda";
import type { Call } from "../../../kernel/service.ts";
import { configurationOf, createdConfiguration, lambdaTime, updatedConfiguration } from "../configuration.ts";
import { preconditionFailed } from "../errors.ts";
import type { FunctionVersion } from "../function.ts";
import { functionArn, functionRef } from "../function.ts";
import type { Functions } from "../functions.ts";
import { parseFunctionName } from "../naming.ts";
import { codeOf } from "./createFunction.ts";
import { publish } from "./publishVersion.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionCode.html */
export function updateFunctionCode(functions: Functions) {
  return async (input: UpdateFunctionCodeRequest, call: Call): Promise<FunctionConfiguration> => {
    const record = functions.store.get(parseFunctionName(input.FunctionName), call.region);
    if (input.RevisionId !== undefined && input.RevisionId !== record.latest.revisionId) throw preconditionFailed();
    const code = await codeOf(input, functions, call);
    const latest: FunctionVersion = {
      ...record.latest,
      ...code,
      architectures: input.Architectures ?? record.latest.architectures,
      lastModified: lambdaTime(call.now()),
      revisionId: call.kernel.ids.uuid(),
    };
    if (input.DryRun === true) return configurationOf(latest);
    const saved = functions.save({ ...record, latest });
    call.effect({
      action: "update",
      resource: functionRef(latest.name, latest.region),
      key: functionArn(latest),
      before: record.latest.codeSha256,
      after: latest.codeSha256,
    });
    return input.Publish === true ? createdConfiguration(publish(functions, saved, undefined, call)) : updatedConfiguration(latest);
  };
}
