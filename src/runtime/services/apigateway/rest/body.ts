import type { JsonObject } from "../../../../model/json.ts";
import { apigatewayLimits } from "../../../../model/limits/apigateway.ts";
import type { Ids } from "../../../kernel/service.ts";
import type { GatewayResponse, RestApi, RestIntegration, RestMethod, RestResource } from "../apis.ts";
import { operationsOf } from "../openApi.ts";
import { numberOf, objectOf, textMapOf, textOf, textsOf } from "../values.ts";

/** Resources, methods and gateway responses of a REST API from its OpenAPI document, as SAM makes one from the functions' events. */
export function partsOfBody(
  document: JsonObject,
  rootResourceId: string,
  ids: Ids,
): Pick<RestApi, "resources" | "methods" | "gatewayResponses"> {
  const byPath = new Map<string, RestResource>([["/", { id: rootResourceId, path: "/" }]]);
  for (const path of Object.keys(objectOf(document.paths))) resourceAt(byPath, path, ids);
  const methods = operationsOf(document).map(({ path, method, integration, security }): RestMethod => ({
    resourceId: resourceAt(byPath, path, ids).id,
    httpMethod: method,
    authorizationType: security.type,
    ...(security.authorizer !== undefined && { authorizer: security.authorizer }),
    isApiKeyRequired: security.isApiKeyRequired,
    integration: integration && integrationOf(integration),
    isFromBody: true,
  }));
  return {
    resources: [...byPath.values()],
    methods,
    gatewayResponses: gatewayResponsesOf(objectOf(document["x-amazon-apigateway-gateway-responses"])),
  };
}

export function binaryMediaTypesOf(document: JsonObject): string[] {
  return textsOf(document["x-amazon-apigateway-binary-media-types"]);
}

export function gatewayResponseOf(
  statusCode: string | undefined,
  parameters: JsonObject,
  templates: JsonObject,
  isFromBody: boolean,
): GatewayResponse {
  return {
    ...(statusCode !== undefined && { status: Number(statusCode) }),
    parameters: textMapOf(parameters),
    templates: textMapOf(templates),
    isFromBody,
  };
}

/** The resource at a path, made with all above it where absent. */
function resourceAt(byPath: Map<string, RestResource>, path: string, ids: Ids): RestResource {
  const found = byPath.get(path);
  if (found) return found;
  const slash = path.lastIndexOf("/");
  const parent = resourceAt(byPath, slash <= 0 ? "/" : path.slice(0, slash), ids);
  const resource: RestResource = {
    id: ids.base36(6).toLowerCase(),
    parentId: parent.id,
    pathPart: path.slice(slash + 1),
    path,
    isFromBody: true,
  };
  byPath.set(path, resource);
  return resource;
}

function integrationOf(integration: JsonObject): RestIntegration {
  return {
    type: (textOf(integration.type) ?? "").toUpperCase(),
    uri: textOf(integration.uri) ?? "",
    ...(textOf(integration.httpMethod) !== undefined && { httpMethod: textOf(integration.httpMethod) }),
    timeoutMilliseconds: numberOf(integration.timeoutInMillis) ?? apigatewayLimits.restIntegrationTimeoutMillisecondsMax.value,
    requestTemplates: textMapOf(integration.requestTemplates),
    ...(textOf(integration.passthroughBehavior) !== undefined && {
      passthroughBehavior: textOf(integration.passthroughBehavior)?.toUpperCase(),
    }),
    responses: Object.entries(objectOf(integration.responses)).map(([pattern, response]) => {
      const { statusCode, responseParameters, responseTemplates } = objectOf(response);
      return {
        statusCode: numberOf(statusCode) ?? 200,
        ...(pattern !== "default" && { selectionPattern: pattern }),
        responseParameters: textMapOf(responseParameters),
        responseTemplates: textMapOf(responseTemplates),
      };
    }),
  };
}

function gatewayResponsesOf(responses: JsonObject): Record<string, GatewayResponse> {
  return Object.fromEntries(
    Object.entries(responses).map(([type, response]) => {
      const { statusCode, responseParameters, responseTemplates } = objectOf(response);
      return [type, gatewayResponseOf(textOf(statusCode), objectOf(responseParameters), objectOf(responseTemplates), true)];
    }),
  );
}
