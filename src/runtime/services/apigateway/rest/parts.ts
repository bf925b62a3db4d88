// What lives inside a REST API, made from CloudFormation's properties: each change gives a new API. The API's own operations use them too.
import type { JsonObject } from "../../../../model/json.ts";
import { apigatewayLimits } from "../../../../model/limits/apigateway.ts";
import type { Call, Deployed, StackResource } from "../../../kernel/service.ts";
import type { RestApi, RestIntegration, RestMethod, RestResource, Stage } from "../apis.ts";
import { badRequest, conflict, notFound } from "../errors.ts";
import { isTrue, listOf, numberOf, objectOf, textMapOf, textOf } from "../values.ts";
import { gatewayResponseOf } from "./body.ts";

export interface RestPart {
  put(
    api: RestApi,
    resource: { readonly properties: JsonObject },
    call: Call,
  ): { readonly api: RestApi } & Pick<Deployed, "physicalId" | "attributes">;
  drop(api: RestApi, physicalId: string): RestApi;
  /** Absent: every change makes it anew. */
  isUpdatedInPlace?(resource: StackResource, previous: StackResource): boolean;
}

export const resourcePart: RestPart = {
  put(api, { properties }, call) {
    const parent = api.resources.find((one) => one.id === textOf(properties.ParentId));
    if (!parent) throw notFound(`Invalid Resource identifier specified: ${textOf(properties.ParentId) ?? "(none)"}`);
    const pathPart = textOf(properties.PathPart) ?? "";
    if (!/^(?:\{[\w.:-]+\+?\}|[\w.~:-]+)$/.test(pathPart))
      throw badRequest(
        "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end.",
      );
    if (api.resources.some((one) => one.parentId === parent.id && one.pathPart === pathPart))
      throw conflict(`Another resource with the same parent already has this name: ${pathPart}`);
    const resource: RestResource = {
      id: call.kernel.ids.base36(6).toLowerCase(),
      parentId: parent.id,
      pathPart,
      path: `${parent.path === "/" ? "" : parent.path}/${pathPart}`,
    };
    return {
      api: { ...api, resources: [...api.resources, resource], methods: [...api.methods] },
      physicalId: resource.id,
      attributes: { ResourceId: resource.id },
    };
  },
  drop: (api, id) => ({
    ...api,
    resources: api.resources.filter((one) => one.id !== id),
    methods: api.methods.filter((one) => one.resourceId !== id),
  }),
};

export const methodPart: RestPart = {
  put(api, { properties }) {
    const method = methodOf(properties);
    return {
      api: { ...api, methods: [...api.methods.filter((one) => methodId(api, one) !== methodId(api, method)), method] },
      physicalId: methodId(api, method),
      attributes: {},
    };
  },
  drop: (api, id) => ({ ...api, methods: api.methods.filter((one) => methodId(api, one) !== id) }),
};

export const deploymentPart: RestPart = {
  put(api, { properties }, call) {
    const id = call.kernel.ids.base36(6).toLowerCase();
    const deployment = {
      id,
      ...(textOf(properties.Description) !== undefined && { description: textOf(properties.Description) }),
      createdAt: call.now(),
    };
    const stageName = textOf(properties.StageName);
    const stages =
      stageName === undefined
        ? api.stages
        : withStage(api.stages, stageOf(stageName, objectOf(properties.StageDescription), id, api, call));
    return { api: { ...api, deployments: [...api.deployments, deployment], stages }, physicalId: id, attributes: { DeploymentId: id } };
  },
  drop: (api, id) => ({
    ...api,
    deployments: api.deployments.filter((deployment) => deployment.id !== id),
    stages: api.stages.filter((stage) => stage.deploymentId !== id),
  }),
};

export const stagePart: RestPart = {
  put(api, { properties }, call) {
    const name = textOf(properties.StageName) ?? "";
    return {
      api: { ...api, stages: withStage(api.stages, stageOf(name, properties, textOf(properties.DeploymentId), api, call)) },
      physicalId: name,
      attributes: {},
    };
  },
  drop: (api, name) => ({ ...api, stages: api.stages.filter((stage) => stage.name !== name) }),
  isUpdatedInPlace: (resource, previous) => textOf(resource.properties.StageName) === textOf(previous.properties.StageName),
};

export const gatewayResponsePart: RestPart = {
  put(api, { properties }) {
    const type = textOf(properties.ResponseType) ?? "";
    const response = gatewayResponseOf(
      textOf(properties.StatusCode),
      objectOf(properties.ResponseParameters),
      objectOf(properties.ResponseTemplates),
      false,
    );
    return {
      api: { ...api, gatewayResponses: { ...api.gatewayResponses, [type]: response } },
      physicalId: `${api.id}|${type}`,
      attributes: { Id: `${api.id}|${type}` },
    };
  },
  drop: (api, id) => ({
    ...api,
    gatewayResponses: Object.fromEntries(Object.entries(api.gatewayResponses).filter(([type]) => `${api.id}|${type}` !== id)),
  }),
  isUpdatedInPlace: (resource, previous) => textOf(resource.properties.ResponseType) === textOf(previous.properties.ResponseType),
};

function methodOf(properties: JsonObject): RestMethod {
  return {
    resourceId: textOf(properties.ResourceId) ?? "",
    httpMethod: (textOf(properties.HttpMethod) ?? "ANY").toUpperCase(),
    authorizationType: textOf(properties.AuthorizationType) ?? "NONE",
    ...(textOf(properties.AuthorizerId) !== undefined && { authorizer: textOf(properties.AuthorizerId) }),
    isApiKeyRequired: isTrue(properties.ApiKeyRequired),
    integration: properties.Integration === undefined ? null : integrationOf(objectOf(properties.Integration)),
  };
}

export function integrationOf(integration: JsonObject): RestIntegration {
  return {
    type: textOf(integration.Type) ?? "",
    uri: textOf(integration.Uri) ?? "",
    ...(textOf(integration.IntegrationHttpMethod) !== undefined && { httpMethod: textOf(integration.IntegrationHttpMethod) }),
    timeoutMilliseconds: numberOf(integration.TimeoutInMillis) ?? apigatewayLimits.restIntegrationTimeoutMillisecondsMax.value,
    requestTemplates: textMapOf(integration.RequestTemplates),
    ...(textOf(integration.PassthroughBehavior) !== undefined && { passthroughBehavior: textOf(integration.PassthroughBehavior) }),
    responses: listOf(integration.IntegrationResponses).map((response) => integrationResponseOf(objectOf(response))),
  };
}

export function integrationResponseOf(response: JsonObject): RestIntegration["responses"][number] {
  return {
    statusCode: numberOf(response.StatusCode) ?? 200,
    ...(textOf(response.SelectionPattern) !== undefined && { selectionPattern: textOf(response.SelectionPattern) }),
    responseParameters: textMapOf(response.ResponseParameters),
    responseTemplates: textMapOf(response.ResponseTemplates),
  };
}

function stageOf(name: string, properties: JsonObject, deploymentId: string | undefined, api: RestApi, call: Call): Stage {
  return {
    name,
    ...(textOf(properties.Description) !== undefined && { description: textOf(properties.Description) }),
    variables: textMapOf(properties.Variables),
    isAutoDeployed: false,
    ...(deploymentId !== undefined && { deploymentId }),
    createdAt: api.stages.find((stage) => stage.name === name)?.createdAt ?? call.now(),
    updatedAt: call.now(),
  };
}

function withStage(stages: readonly Stage[], stage: Stage): readonly Stage[] {
  return [...stages.filter((one) => one.name !== stage.name), stage];
}

export function methodId(api: RestApi, method: RestMethod): string {
  return `${api.id}|${method.resourceId}|${method.httpMethod}`;
}
