import type { JsonObject } from "../../../../model/json.ts";
import { AwsError } from "../../../kernel/awsError.ts";
import type { Call, Deployed, ResourceProvider, StackResource } from "../../../kernel/service.ts";
import type { Apis, HttpApi, Stage } from "../apis.ts";
import { corsOfBody, corsOfProperties, partsOfBody, shortId } from "../http/body.ts";
import { isTrue, numberOf, objectOf, textMapOf, textOf } from "../values.ts";

/** The CloudFormation types of HTTP APIs: `AWS::ApiGatewayV2::…`. */
export function httpApiProviders(apis: Apis): Record<string, ResourceProvider> {
  return {
    "AWS::ApiGatewayV2::Api": {
      create(resource, call) {
        const api: HttpApi = { ...emptyApi(call), ...describe(resource, undefined, call) };
        apis.save(api);
        return deployedApi(apis, api);
      },
      update(resource, previous, call) {
        const old = apis.find(previous.physicalId);
        const protocol = textOf(resource.properties.ProtocolType) ?? "HTTP";
        if (old?.kind !== "http" || old.protocolType !== protocol) return "replace";
        const api: HttpApi = { ...old, ...describe(resource, old, call) };
        apis.save(api);
        return deployedApi(apis, api);
      },
      delete: (previous) => apis.remove(previous.physicalId),
    },
    "AWS::ApiGatewayV2::Stage": part(apis, {
      put(api, { properties }, call) {
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
      isReplacedBy: (resource, previous) => textOf(resource.properties.StageName) !== textOf(previous.properties.StageName),
    }),
    "AWS::ApiGatewayV2::Route": part(apis, {
      put(api, { properties }, call, physicalId) {
        const id = physicalId ?? shortId(call.kernel.ids);
        const route: HttpApi["routes"][number] = {
          RouteId: id,
          RouteKey: textOf(properties.RouteKey),
          Target: textOf(properties.Target),
          AuthorizationType: authorizationType(textOf(properties.AuthorizationType)),
          AuthorizerId: textOf(properties.AuthorizerId),
          ApiKeyRequired: isTrue(properties.ApiKeyRequired),
          OperationName: textOf(properties.OperationName),
        };
        return { api: { ...api, routes: [...api.routes.filter((one) => one.RouteId !== id), route] }, physicalId: id, attributes: { RouteId: id } };
      },
      drop: (api, id) => ({ ...api, routes: api.routes.filter((route) => route.RouteId !== id) }),
    }),
    "AWS::ApiGatewayV2::Integration": part(apis, {
      put(api, { properties }, call, physicalId) {
        const id = physicalId ?? shortId(call.kernel.ids);
        const integration = { ...integrationOf(properties), IntegrationId: id };
        return { api: { ...api, integrations: [...api.integrations.filter((one) => one.IntegrationId !== id), integration] }, physicalId: id, attributes: { IntegrationId: id } };
      },
      drop: (api, id) => ({ ...api, integrations: api.integrations.filter((integration) => integration.IntegrationId !== id) }),
    }),
    "AWS::ApiGatewayV2::Deployment": part(apis, {
      put(api, { properties }, call, physicalId) {
        const id = physicalId ?? shortId(call.kernel.ids);
        const deployment = { id, ...(textOf(properties.Description) !== undefined && { description: textOf(properties.Description) }), createdAt: call.now() };
        return { api: { ...api, deployments: [...api.deployments.filter((one) => one.id !== id), deployment] }, physicalId: id, attributes: { DeploymentId: id } };
      },
      drop: (api, id) => ({ ...api, deployments: api.deployments.filter((deployment) => deployment.id !== id) }),
    }),
  };
}

/** A resource that lives inside an API: each change gives a new API. */
interface Part {
  put(api: HttpApi, resource: StackResource, call: Call, physicalId?: string): { readonly api: HttpApi } & Pick<Deployed, "physicalId" | "attributes">;
  drop(api: HttpApi, physicalId: string): HttpApi;
  isReplacedBy?(resource: StackResource, previous: StackResource): boolean;
}

function part(apis: Apis, { put, drop, isReplacedBy }: Part): ResourceProvider {
  function store(resource: StackResource, call: Call, physicalId?: string): Deployed {
    const { api, ...deployed } = put(apis.http(textOf(resource.properties.ApiId)), resource, call, physicalId);
    apis.save(api);
    return deployed;
  }
  return {
    create: (resource, call) => store(resource, call),
    update(resource, previous, call) {
      if (textOf(resource.properties.ApiId) !== textOf(previous.properties.ApiId) || isReplacedBy?.(resource, previous)) return "replace";
      return store(resource, call, previous.physicalId);
    },
    delete(previous) {
      const api = apis.find(textOf(previous.properties.ApiId) ?? "");
      if (api?.kind === "http") apis.save(drop(api, previous.physicalId));
    },
  };
}

function emptyApi(call: Call): HttpApi {
  return {
    kind: "http", id: call.kernel.ids.base36(10).toLowerCase(), region: call.region, name: "", createdAt: call.now(), isDefaultEndpointDisabled: false, tags: {},
    stages: [], deployments: [], protocolType: "HTTP", routeSelectionExpression: "$request.method $request.path", cors: null, routes: [], integrations: [], authorizers: [],
  };
}

/** What the properties say about the API itself; routes made by other resources stay. */
function describe({ properties, logicalId }: StackResource, old: HttpApi | undefined, call: Call): Partial<HttpApi> {
  if (properties.BodyS3Location !== undefined) {
    throw new AwsError("BadRequestException", `${logicalId} takes its OpenAPI document from S3 (BodyS3Location), which is not run locally yet. Put the document into the template or a file beside it.`);
  }
  const body = objectOf(properties.Body);
  const info = objectOf(body.info);
  const made = Object.keys(body).length > 0 ? partsOfBody(body, call.kernel.ids) : quickTarget(properties, call);
  const description = textOf(properties.Description) ?? textOf(info.description);
  return {
    name: textOf(properties.Name) ?? textOf(info.title) ?? logicalId,
    ...(description !== undefined && { description }),
    protocolType: properties.ProtocolType === "WEBSOCKET" ? "WEBSOCKET" : "HTTP",
    routeSelectionExpression: textOf(properties.RouteSelectionExpression) ?? "$request.method $request.path",
    cors: corsOfProperties(objectOf(properties.CorsConfiguration)) ?? corsOfBody(body),
    isDefaultEndpointDisabled: isTrue(properties.DisableExecuteApiEndpoint),
    tags: textMapOf(properties.Tags),
    routes: [...(old?.routes ?? []).filter((route) => !route.isFromBody), ...made.routes],
    integrations: [...(old?.integrations ?? []).filter((integration) => !integration.isFromBody), ...made.integrations],
    authorizers: made.authorizers,
    ...(properties.Target !== undefined && { stages: old?.stages ?? [defaultStage(call)] }),
  };
}

/** `Target` alone makes a whole API: one route to one function. */
function quickTarget(properties: JsonObject, call: Call): Pick<HttpApi, "routes" | "integrations" | "authorizers"> {
  const target = textOf(properties.Target);
  if (target === undefined) return { routes: [], integrations: [], authorizers: [] };
  const integrationId = shortId(call.kernel.ids);
  const isFunction = target.includes(":lambda:");
  return {
    integrations: [{
      IntegrationId: integrationId, IntegrationType: isFunction ? "AWS_PROXY" : "HTTP_PROXY", IntegrationUri: target, IntegrationMethod: isFunction ? "POST" : "ANY",
      PayloadFormatVersion: isFunction ? "2.0" : "1.0", TimeoutInMillis: 30_000, ConnectionType: "INTERNET", isFromBody: true,
    }],
    routes: [{ RouteId: shortId(call.kernel.ids), RouteKey: textOf(properties.RouteKey) ?? "$default", Target: `integrations/${integrationId}`, AuthorizationType: "NONE", isFromBody: true }],
    authorizers: [],
  };
}

function defaultStage(call: Call): Stage {
  return { name: "$default", variables: {}, isAutoDeployed: true, createdAt: call.now(), updatedAt: call.now() };
}

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

function deployedApi(apis: Apis, api: HttpApi): Deployed {
  const endpoint = `https://${api.id}.execute-api.${api.region}.amazonaws.com`;
  return { physicalId: api.id, attributes: { ApiId: api.id, ApiEndpoint: endpoint }, ref: apis.refOf(api) };
}
