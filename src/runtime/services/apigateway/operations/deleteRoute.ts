import type { DeleteRouteRequest } from "@aws-sdk/client-apigatewayv2";
import type { Apis } from "../apis.ts";
import { notFound } from "../errors.ts";
import { routePart } from "../http/parts.ts";

export function deleteRoute(apis: Apis): (input: DeleteRouteRequest) => object {
  return ({ ApiId, RouteId }) => {
    const api = apis.http(ApiId);
    if (RouteId === undefined || !api.routes.some((route) => route.RouteId === RouteId))
      throw notFound(`Unable to find Route by key ${RouteId ?? ""} within the provided RouteLookup`);
    apis.save(routePart.drop(api, RouteId));
    return {};
  };
}
