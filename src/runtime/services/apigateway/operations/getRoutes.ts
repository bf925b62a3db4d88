import type { GetRoutesRequest, GetRoutesResponse } from "@aws-sdk/client-apigatewayv2";
import type { Apis } from "../apis.ts";

export function getRoutes(apis: Apis): (input: GetRoutesRequest) => GetRoutesResponse {
  return ({ ApiId }) => ({ Items: [...apis.http(ApiId).routes] });
}
