import type { GetApiRequest, GetApiResponse } from "@aws-sdk/client-apigatewayv2";
import type { Apis } from "../apis.ts";
import { apiOutput } from "./outputs.ts";

export function getApi(apis: Apis): (input: GetApiRequest) => GetApiResponse {
  return ({ ApiId }) => apiOutput(apis.http(ApiId));
}
