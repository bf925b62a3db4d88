import type { GetIntegrationsRequest, GetIntegrationsResponse } from "@aws-sdk/client-apigatewayv2";
import type { Apis } from "../apis.ts";

export function getIntegrations(apis: Apis): (input: GetIntegrationsRequest) => GetIntegrationsResponse {
  return ({ ApiId }) => ({ Items: [...apis.http(ApiId).integrations] });
}
