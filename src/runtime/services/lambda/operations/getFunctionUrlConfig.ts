import type { GetFunctionUrlConfigRequest, GetFunctionUrlConfigResponse } from "@aws-sdk/client-lambda";
import type { Call } from "../../../kernel/service.ts";
import type { Functions } from "../functions.ts";
import { parseFunctionName } from "../naming.ts";
import { urlConfiguration, urlOf } from "../url/functionUrl.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_GetFunctionUrlConfig.html */
export function getFunctionUrlConfig(functions: Functions) {
  return (input: GetFunctionUrlConfigRequest, call: Call): GetFunctionUrlConfigResponse => {
    const given = parseFunctionName(input.FunctionName, input.Qualifier);
    const { record, url } = urlOf(functions.store.findHere(given, call.region), given.qualifier);
    return urlConfiguration(record, url);
  };
}
