import type { GetApisRequest, GetApisResponse } from "@aws-sdk/client-apigatewayv2";
import type { Call } from "../../../kernel/service.ts";
import type { Apis } from "../apis.ts";
import { apiOutput } from "./outputs.ts";

export function getApis(apis: Apis): (input: GetApisRequest, call: Call) => GetApisResponse {
  return (_input, call) => ({ Items: apis.list(call.region).flatMap((api) => (api.kind === "http" ? [apiOutput(api)] : [])) });
}
