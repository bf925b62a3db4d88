import type { GetRestApisRequest, RestApis } from "@aws-sdk/client-api-gateway";
import type { Call } from "../../../kernel/service.ts";
import type { Apis } from "../apis.ts";
import { restApiOutput } from "./outputs.ts";

export function getRestApis(apis: Apis): (input: GetRestApisRequest, call: Call) => RestApis {
  return (_input, call) => ({ items: apis.list(call.region).flatMap((api) => (api.kind === "rest" ? [restApiOutput(api)] : [])) });
}
