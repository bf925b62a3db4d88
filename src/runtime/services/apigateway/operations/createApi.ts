import type { CreateApiResponse } from "@aws-sdk/client-apigatewayv2";
import type { JsonObject } from "../../../../model/json.ts";
import type { Call } from "../../../kernel/service.ts";
import type { Apis } from "../apis.ts";
import { badRequest } from "../errors.ts";
import { describedApi, newApi } from "../http/describedApi.ts";
import { textOf } from "../values.ts";
import { apiOutput } from "./outputs.ts";

export function createApi(apis: Apis): (input: JsonObject, call: Call) => CreateApiResponse {
  return (input, call) => {
    const protocol = textOf(input.ProtocolType);
    if (textOf(input.Name) === undefined || protocol === undefined)
      throw badRequest("Invalid request input: Name and ProtocolType are required.");
    if (protocol !== "HTTP" && protocol !== "WEBSOCKET")
      throw badRequest(`Invalid protocol type specified: ${protocol}. Must be one of [HTTP, WEBSOCKET]`);
    const api = describedApi(newApi(call), input, "", call);
    apis.save(api);
    call.target(apis.refOf(api));
    return apiOutput(api);
  };
}
