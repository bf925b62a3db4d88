import type { DeleteFunctionUrlConfigRequest } from "@aws-sdk/client-lambda";
import type { Call } from "../../../kernel/service.ts";
import type { Functions } from "../functions.ts";
import { parseFunctionName } from "../naming.ts";
import { urlOf } from "../url/functionUrl.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_DeleteFunctionUrlConfig.html */
export function deleteFunctionUrlConfig(functions: Functions) {
  return (input: DeleteFunctionUrlConfigRequest, call: Call): Record<string, never> => {
    const given = parseFunctionName(input.FunctionName, input.Qualifier);
    const { record, url: gone } = urlOf(functions.store.findHere(given, call.region), given.qualifier);
    functions.save({ ...record, urls: record.urls.filter((url) => url !== gone) });
    return {};
  };
}
