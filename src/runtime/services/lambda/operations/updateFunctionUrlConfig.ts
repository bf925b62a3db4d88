import type { UpdateFunctionUrlConfigRequest, UpdateFunctionUrlConfigResponse } from "@aws-sdk/client-lambda";
import type { Call } from "../../../kernel/service.ts";
import type { Functions } from "../functions.ts";
import { parseFunctionName } from "../naming.ts";
import { changeUrl, urlConfiguration, urlFunction, urlOf } from "../url/functionUrl.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_UpdateFunctionUrlConfig.html */
export function updateFunctionUrlConfig(functions: Functions) {
  return (input: UpdateFunctionUrlConfigRequest, call: Call): UpdateFunctionUrlConfigResponse => {
    const given = parseFunctionName(input.FunctionName, input.Qualifier);
    const record = urlFunction(functions, given, call.region);
    const url = changeUrl(
      functions,
      record,
      urlOf(record, given.qualifier).url,
      { authType: input.AuthType, invokeMode: input.InvokeMode, cors: input.Cors },
      call,
    );
    return urlConfiguration(record, url);
  };
}
