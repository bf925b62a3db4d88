import type { CreateFunctionUrlConfigRequest, CreateFunctionUrlConfigResponse } from "@aws-sdk/client-lambda";
import type { Call } from "../../../kernel/service.ts";
import type { Functions } from "../functions.ts";
import { parseFunctionName } from "../naming.ts";
import { addUrl, urlConfiguration, urlFunction } from "../url/functionUrl.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunctionUrlConfig.html */
export function createFunctionUrlConfig(functions: Functions) {
  return (input: CreateFunctionUrlConfigRequest, call: Call): CreateFunctionUrlConfigResponse => {
    const given = parseFunctionName(input.FunctionName, input.Qualifier);
    const record = urlFunction(functions, given, call.region);
    const url = addUrl(
      functions,
      record,
      given.qualifier,
      { authType: input.AuthType, invokeMode: input.InvokeMode, cors: input.Cors },
      call,
    );
    call.status(201);
    return urlConfiguration(record, url);
  };
}
