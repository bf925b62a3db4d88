import type { Api as ApiOutput, Stage as StageOutput } from "@aws-sdk/client-apigatewayv2";
import type { RestApi as RestApiOutput, Stage as RestStageOutput } from "@aws-sdk/client-api-gateway";
import type { HttpApi, RestApi, Stage } from "../apis.ts";

/** APIs and stages as AWS's read operations answer them. */

export function apiOutput(api: HttpApi): ApiOutput {
  return {
    ApiId: api.id,
    Name: api.name,
    Description: api.description,
    ProtocolType: api.protocolType,
    ApiEndpoint: `https://${api.id}.execute-api.${api.region}.amazonaws.com`,
    RouteSelectionExpression: api.routeSelectionExpression,
    ApiKeySelectionExpression: "$request.header.x-api-key",
    DisableExecuteApiEndpoint: api.isDefaultEndpointDisabled,
    CreatedDate: new Date(api.createdAt),
    Tags: api.tags,
    CorsConfiguration: api.cors
      ? {
          AllowOrigins: [...api.cors.allowOrigins],
          AllowMethods: [...api.cors.allowMethods],
          AllowHeaders: [...api.cors.allowHeaders],
          ExposeHeaders: [...api.cors.exposeHeaders],
          AllowCredentials: api.cors.allowCredentials,
          MaxAge: api.cors.maxAgeSeconds ?? 0,
        }
      : undefined,
  };
}

export function stageOutput(stage: Stage): StageOutput {
  return {
    StageName: stage.name,
    Description: stage.description,
    AutoDeploy: stage.isAutoDeployed,
    DeploymentId: stage.deploymentId,
    StageVariables: { ...stage.variables },
    CreatedDate: new Date(stage.createdAt),
    LastUpdatedDate: new Date(stage.updatedAt),
    DefaultRouteSettings: { DetailedMetricsEnabled: false },
    RouteSettings: {},
  };
}

export function restApiOutput(api: RestApi): RestApiOutput {
  return {
    id: api.id,
    name: api.name,
    description: api.description,
    createdDate: new Date(api.createdAt),
    binaryMediaTypes: api.binaryMediaTypes.length > 0 ? api.binaryMediaTypes : undefined,
    apiKeySource: "HEADER",
    endpointConfiguration: { types: api.endpointTypes.length > 0 ? (api.endpointTypes as ("REGIONAL" | "EDGE" | "PRIVATE")[]) : ["EDGE"] },
    disableExecuteApiEndpoint: api.isDefaultEndpointDisabled,
    rootResourceId: api.rootResourceId,
    tags: api.tags,
  };
}

export function restStageOutput(stage: Stage): RestStageOutput {
  return {
    stageName: stage.name,
    description: stage.description,
    deploymentId: stage.deploymentId,
    variables: Object.keys(stage.variables).length > 0 ? { ...stage.variables } : undefined,
    cacheClusterEnabled: false,
    tracingEnabled: false,
    createdDate: new Date(stage.createdAt),
    lastUpdatedDate: new Date(stage.updatedAt),
  };
}
