import type { DeleteIntegrationRequest } from "@aws-sdk/client-apigatewayv2";
import type { Apis } from "../apis.ts";
import { conflict, notFound } from "../errors.ts";
import { integrationPart } from "../http/parts.ts";

export function deleteIntegration(apis: Apis): (input: DeleteIntegrationRequest) => object {
  return ({ ApiId, IntegrationId }) => {
    const api = apis.http(ApiId);
    if (IntegrationId === undefined || !api.integrations.some((one) => one.IntegrationId === IntegrationId))
      throw notFound("Invalid Integration identifier specified");
    const route = api.routes.find((one) => one.Target === `integrations/${IntegrationId}`);
    if (route)
      throw conflict(`Cannot delete Integration '${IntegrationId}' due to the following references: Route ${route.RouteKey ?? ""}`);
    apis.save(integrationPart.drop(api, IntegrationId));
    return {};
  };
}
