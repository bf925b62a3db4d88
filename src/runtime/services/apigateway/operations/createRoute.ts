import type { CreateRouteResult } from "@aws-sdk/client-apigatewayv2";
import type { JsonObject } from "../../../../model/json.ts";
import type { Call } from "../../../kernel/service.ts";
import type { Apis } from "../apis.ts";
import { badRequest, conflict } from "../errors.ts";
import { routePart } from "../http/parts.ts";
import { textOf } from "../values.ts";

const methods = "ANY|DELETE|GET|HEAD|OPTIONS|PATCH|POST|PUT";

export function createRoute(apis: Apis): (input: JsonObject, call: Call) => CreateRouteResult {
  return (input, call) => {
    const old = apis.http(textOf(input.ApiId));
    const key = textOf(input.RouteKey) ?? "";
    const isKey = old.protocolType === "WEBSOCKET" ? key !== "" : new RegExp(`^(?:\\$default|(?:${methods}) /\\S*)$`).test(key);
    if (!isKey)
      throw badRequest(
        `The provided route key is not formatted properly for HTTP protocol. Format should be "<HTTP METHOD> /<RESOURCE PATH>" or "$default"`,
      );
    if (old.routes.some((route) => route.RouteKey === key)) throw conflict(`Route with key ${key} already exists for this API`);
    const { api, physicalId } = routePart.put(old, input, call);
    apis.save(api);
    return api.routes.find((route) => route.RouteId === physicalId) ?? {};
  };
}
