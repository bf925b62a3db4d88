import type { JsonObject } from "../../../../model/json.ts";
import type { Ids } from "../../../kernel/service.ts";
import type { CorsConfiguration, HttpApi } from "../apis.ts";
import { operationsOf } from "../openApi.ts";
import { isTrue, numberOf, objectOf, textMapOf, textOf, textsOf } from "../values.ts";

/** Routes and integrations of an HTTP API from its OpenAPI document, as SAM makes one from the functions' events. */
export function partsOfBody(document: JsonObject, ids: Ids): Pick<HttpApi, "routes" | "integrations" | "authorizers"> {
  const routes: HttpApi["routes"][number][] = [];
  const integrations: HttpApi["integrations"][number][] = [];
  const authorizers = new Map<string, HttpApi["authorizers"][number]>();
  for (const { path, method, operation, integration, security } of operationsOf(document)) {
    if (security.authorizer !== undefined && !authorizers.has(security.authorizer)) {
      authorizers.set(security.authorizer, { id: shortId(ids), name: security.authorizer, type: security.type, isFromBody: true });
    }
    const integrationId = shortId(ids);
    if (integration) integrations.push({ ...integrationOf(integration), IntegrationId: integrationId, isFromBody: true });
    routes.push({
      RouteId: shortId(ids),
      RouteKey: path === "/$default" || path === "$default" ? "$default" : `${method} ${path}`,
      ApiKeyRequired: false,
      AuthorizationType: authorizationType(security.type),
      ...(security.authorizer !== undefined && { AuthorizerId: authorizers.get(security.authorizer)?.id }),
      ...(security.scopes.length > 0 && { AuthorizationScopes: [...security.scopes] }),
      ...(textOf(operation.operationId) !== undefined && { OperationName: textOf(operation.operationId) }),
      ...(integration && { Target: `integrations/${integrationId}` }),
      isFromBody: true,
    });
  }
  return { routes, integrations, authorizers: [...authorizers.values()] };
}

export function corsOfBody(document: JsonObject): CorsConfiguration | null {
  const cors = objectOf(document["x-amazon-apigateway-cors"]);
  return Object.keys(cors).length === 0
    ? null
    : {
        allowOrigins: textsOf(cors.allowOrigins),
        allowMethods: textsOf(cors.allowMethods),
        allowHeaders: textsOf(cors.allowHeaders),
        exposeHeaders: textsOf(cors.exposeHeaders),
        allowCredentials: isTrue(cors.allowCredentials),
        maxAgeSeconds: numberOf(cors.maxAge) ?? null,
      };
}

/** The form in CloudFormation and in the API's own operations. */
export function corsOfProperties(cors: JsonObject): CorsConfiguration | null {
  return Object.keys(cors).length === 0
    ? null
    : {
        allowOrigins: textsOf(cors.AllowOrigins),
        allowMethods: textsOf(cors.AllowMethods),
        allowHeaders: textsOf(cors.AllowHeaders),
        exposeHeaders: textsOf(cors.ExposeHeaders),
        allowCredentials: isTrue(cors.AllowCredentials),
        maxAgeSeconds: numberOf(cors.MaxAge) ?? null,
      };
}

export function shortId(ids: Ids): string {
  return ids.base36(7).toLowerCase();
}

type Integration = HttpApi["integrations"][number];

function integrationOf(integration: JsonObject): Integration {
  return {
    IntegrationType: (textOf(integration.type) ?? "").toUpperCase() as Integration["IntegrationType"],
    IntegrationUri: textOf(integration.uri),
    IntegrationMethod: textOf(integration.httpMethod),
    IntegrationSubtype: textOf(integration.integrationSubtype),
    PayloadFormatVersion: textOf(integration.payloadFormatVersion) ?? "1.0",
    TimeoutInMillis: numberOf(integration.timeoutInMillis) ?? 30_000,
    ConnectionType: textOf(integration.connectionType) === "VPC_LINK" ? "VPC_LINK" : "INTERNET",
    Description: textOf(integration.description),
    RequestParameters:
      Object.keys(objectOf(integration.requestParameters)).length > 0 ? textMapOf(integration.requestParameters) : undefined,
  };
}

function authorizationType(type: string): "NONE" | "AWS_IAM" | "JWT" | "CUSTOM" {
  return type === "NONE" || type === "AWS_IAM" || type === "JWT" ? type : "CUSTOM";
}
