import type { JsonObject } from "../../../../model/json.ts";
import type { Call, Deployed } from "../../../kernel/service.ts";
import type { HttpApi, Stage } from "../apis.ts";
import { isTrue, numberOf, textMapOf, textOf } from "../values.ts";
import { shortId } from "./body.ts";

/**
 * What lives inside an HTTP API, made from properties in AWS's words: CloudFormation's and the operations' are the same.
 * Each change gives a new API; the old one stays as it was.
 */
export interface Part {
  put(
    api: HttpApi,
    properties: JsonObject,
    call: Call,
    physicalId?: string,
  ): { readonly api: HttpApi } & Pick<Deployed, "physicalId" | "attributes">;
  drop(api: HttpApi, physicalId: string): HttpApi;
}

export const stagePart: Part = {
  put(api, properties, call) {
    const name = textOf(properties.StageName) ?? "";
    const known = api.stages.find((stage) => stage.name === name);
    const stage: Stage = {
      name,
      ...(textOf(properties.Description) !== undefined && { description: textOf(properties.Description) }),
      variables: textMapOf(properties.StageVariables),
      isAutoDeployed: isTrue(properties.AutoDeploy),
      ...(textOf(properties.DeploymentId) !== undefined && { deploymentId: textOf(properties.DeploymentId) }),
      createdAt: known?.createdAt ?? call.now(),
      updatedAt: call.now(),
    };
    return { api: { ...api, stages: [...api.stages.filter((one) => one.name !== name), stage] }, physicalId: name, attributes: {} };
  },
  drop: (api, name) => ({ ...api, stages: api.stages.filter((stage) => stage.name !== name) }),
};

export const routePart: Part = {
  put(api, properties, call, physicalId) {
    const id = physicalId ?? shortId(call.kernel.ids);
    const route: HttpApi["routes"][number] = {
      RouteId: id,
      RouteKey: textOf(properties.RouteKey),
      Target: textOf(properties.Target),
      AuthorizationType: authorizationType(textOf(properties.AuthorizationType)),
      AuthorizerId: textOf(properties.AuthorizerId),
      ApiKeyRequired: isTrue(properties.ApiKeyRequired),
      OperationName: textOf(properties.OperationName),
      RouteResponseSelectionExpression: textOf(properties.RouteResponseSelectionExpression),
    };
    return {
      api: { ...api, routes: [...api.routes.filter((one) => one.RouteId !== id), route] },
      physicalId: id,
      attributes: { RouteId: id },
    };
  },
  drop: (api, id) => ({ ...api, routes: api.routes.filter((route) => route.RouteId !== id) }),
};

export const integrationPart: Part = {
  put(api, properties, call, physicalId) {
    const id = physicalId ?? shortId(call.kernel.ids);
    const integration = { ...integrationOf(properties), IntegrationId: id };
    return {
      api: { ...api, integrations: [...api.integrations.filter((one) => one.IntegrationId !== id), integration] },
      physicalId: id,
      attributes: { IntegrationId: id },
    };
  },
  drop: (api, id) => ({ ...api, integrations: api.integrations.filter((integration) => integration.IntegrationId !== id) }),
};

export const deploymentPart: Part = {
  put(api, properties, call, physicalId) {
    const id = physicalId ?? shortId(call.kernel.ids);
    const deployment = {
      id,
      ...(textOf(properties.Description) !== undefined && { description: textOf(properties.Description) }),
      createdAt: call.now(),
    };
    return {
      api: { ...api, deployments: [...api.deployments.filter((one) => one.id !== id), deployment] },
      physicalId: id,
      attributes: { DeploymentId: id },
    };
  },
  drop: (api, id) => ({ ...api, deployments: api.deployments.filter((deployment) => deployment.id !== id) }),
};

type Integration = HttpApi["integrations"][number];

function integrationOf(properties: JsonObject): Integration {
  return {
    IntegrationType: (textOf(properties.IntegrationType) ?? "AWS_PROXY") as Integration["IntegrationType"],
    IntegrationUri: textOf(properties.IntegrationUri),
    IntegrationMethod: textOf(properties.IntegrationMethod),
    IntegrationSubtype: textOf(properties.IntegrationSubtype),
    PayloadFormatVersion: textOf(properties.PayloadFormatVersion) ?? "1.0",
    TimeoutInMillis: numberOf(properties.TimeoutInMillis) ?? 30_000,
    ConnectionType: textOf(properties.ConnectionType) === "VPC_LINK" ? "VPC_LINK" : "INTERNET",
    Description: textOf(properties.Description),
  };
}

function authorizationType(type: string | undefined): "NONE" | "AWS_IAM" | "JWT" | "CUSTOM" {
  return type === "AWS_IAM" || type === "JWT" || type === "CUSTOM" ? type : "NONE";
}
