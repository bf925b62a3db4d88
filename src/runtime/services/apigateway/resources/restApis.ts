import type { JsonObject } from "../../../../model/json.ts";
import { apigatewayLimits } from "../../../../model/limits/apigateway.ts";
import { AwsError } from "../../../kernel/awsError.ts";
import type { Call, Deployed, ResourceProvider, StackResource } from "../../../kernel/service.ts";
import type { Apis, RestApi, RestIntegration, RestMethod, RestResource, Stage } from "../apis.ts";
import { binaryMediaTypesOf, gatewayResponseOf, partsOfBody } from "../rest/body.ts";
import { isTrue, listOf, numberOf, objectOf, textMapOf, textOf, textsOf } from "../values.ts";

/** The CloudFormation types of REST APIs: `AWS::ApiGateway::…`. */
export function restApiProviders(apis: Apis): Record<string, ResourceProvider> {
  return {
    "AWS::ApiGateway::RestApi": {
      create(resource, call) {
        const rootResourceId = call.kernel.ids.base36(10).toLowerCase();
        const empty: RestApi = {
          kind: "rest",
          id: call.kernel.ids.base36(10).toLowerCase(),
          region: call.region,
          name: "",
          createdAt: call.now(),
          isDefaultEndpointDisabled: false,
          tags: {},
          stages: [],
          deployments: [],
          rootResourceId,
          binaryMediaTypes: [],
          endpointTypes: [],
          resources: [{ id: rootResourceId, path: "/" }],
          methods: [],
          gatewayResponses: {},
        };
        const api: RestApi = { ...empty, ...describe(resource, empty, call) };
        apis.save(api);
        return deployedApi(apis, api);
      },
      update(resource, previous, call) {
        const old = apis.find(previous.physicalId);
        if (old?.kind !== "rest") return "replace";
        const api: RestApi = { ...old, ...describe(resource, old, call) };
        apis.save(api);
        return deployedApi(apis, api);
      },
      delete: (previous) => apis.remove(previous.physicalId),
    },
    "AWS::ApiGateway::Resource": part(apis, {
      put(api, { properties }, call) {
        const parent = api.resources.find((one) => one.id === textOf(properties.ParentId));
        if (!parent)
          throw new AwsError("NotFoundException", `Invalid Resource identifier specified: ${textOf(properties.ParentId) ?? "(none)"}`, {
            status: 404,
          });
        const pathPart = textOf(properties.PathPart) ?? "";
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
    }),
    "AWS::ApiGateway::Method": part(apis, {
      put(api, { properties }) {
        const method = methodOf(properties);
        return {
          api: { ...api, methods: [...api.methods.filter((one) => methodId(api, one) !== methodId(api, method)), method] },
          physicalId: methodId(api, method),
          attributes: {},
        };
      },
      drop: (api, id) => ({ ...api, methods: api.methods.filter((one) => methodId(api, one) !== id) }),
    }),
    "AWS::ApiGateway::Deployment": part(apis, {
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
    }),
    "AWS::ApiGateway::Stage": part(apis, {
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
    }),
    "AWS::ApiGateway::GatewayResponse": part(apis, {
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
    }),
  };
}

/** A resource that lives inside an API: each change gives a new API. */
interface Part {
  put(api: RestApi, resource: StackResource, call: Call): { readonly api: RestApi } & Pick<Deployed, "physicalId" | "attributes">;
  drop(api: RestApi, physicalId: string): RestApi;
  /** Absent: every change makes it anew. */
  isUpdatedInPlace?(resource: StackResource, previous: StackResource): boolean;
}

function part(apis: Apis, { put, drop, isUpdatedInPlace }: Part): ResourceProvider {
  function store(resource: StackResource, call: Call): Deployed {
    const { api, ...deployed } = put(apis.rest(textOf(resource.properties.RestApiId)), resource, call);
    apis.save(api);
    return deployed;
  }
  return {
    create: (resource, call) => store(resource, call),
    update(resource, previous, call) {
      const isSameApi = textOf(resource.properties.RestApiId) === textOf(previous.properties.RestApiId);
      return isSameApi && isUpdatedInPlace?.(resource, previous) ? store(resource, call) : "replace";
    },
    delete(previous) {
      const api = apis.find(textOf(previous.properties.RestApiId) ?? "");
      if (api?.kind === "rest") apis.save(drop(api, previous.physicalId));
    },
  };
}

/** What the properties say about the API itself; resources and methods made one by one stay. */
function describe({ properties, logicalId }: StackResource, old: RestApi, call: Call): Partial<RestApi> {
  for (const source of ["BodyS3Location", "CloneFrom"]) {
    if (properties[source] !== undefined)
      throw new AwsError(
        "BadRequestException",
        `${logicalId} is made from ${source}, which is not run locally yet. Put an OpenAPI document into Body.`,
      );
  }
  const body = objectOf(properties.Body);
  const info = objectOf(body.info);
  const made =
    Object.keys(body).length > 0
      ? partsOfBody(body, old.rootResourceId, call.kernel.ids)
      : { resources: [{ id: old.rootResourceId, path: "/" }], methods: [], gatewayResponses: {} };
  const description = textOf(properties.Description) ?? textOf(info.description);
  return {
    name: textOf(properties.Name) ?? textOf(info.title) ?? logicalId,
    ...(description !== undefined && { description }),
    isDefaultEndpointDisabled: isTrue(properties.DisableExecuteApiEndpoint),
    binaryMediaTypes: [...textsOf(properties.BinaryMediaTypes), ...binaryMediaTypesOf(body)],
    endpointTypes: textsOf(objectOf(properties.EndpointConfiguration).Types),
    tags: Object.fromEntries(listOf(properties.Tags).map((tag) => [textOf(objectOf(tag).Key) ?? "", textOf(objectOf(tag).Value) ?? ""])),
    resources: [...made.resources, ...old.resources.filter((one) => !one.isFromBody && one.id !== old.rootResourceId)],
    methods: [...old.methods.filter((method) => !method.isFromBody), ...made.methods],
    gatewayResponses: {
      ...Object.fromEntries(Object.entries(old.gatewayResponses).filter(([, response]) => !response.isFromBody)),
      ...made.gatewayResponses,
    },
  };
}

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

function integrationOf(integration: JsonObject): RestIntegration {
  return {
    type: textOf(integration.Type) ?? "",
    uri: textOf(integration.Uri) ?? "",
    ...(textOf(integration.IntegrationHttpMethod) !== undefined && { httpMethod: textOf(integration.IntegrationHttpMethod) }),
    timeoutMilliseconds: numberOf(integration.TimeoutInMillis) ?? apigatewayLimits.restIntegrationTimeoutMillisecondsMax.value,
    requestTemplates: textMapOf(integration.RequestTemplates),
    responses: listOf(integration.IntegrationResponses).map((entry) => {
      const response = objectOf(entry);
      return {
        statusCode: numberOf(response.StatusCode) ?? 200,
        ...(textOf(response.SelectionPattern) !== undefined && { selectionPattern: textOf(response.SelectionPattern) }),
        responseParameters: textMapOf(response.ResponseParameters),
        responseTemplates: textMapOf(response.ResponseTemplates),
      };
    }),
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

function methodId(api: RestApi, method: RestMethod): string {
  return `${api.id}|${method.resourceId}|${method.httpMethod}`;
}

function deployedApi(apis: Apis, api: RestApi): Deployed {
  return { physicalId: api.id, attributes: { RootResourceId: api.rootResourceId, RestApiId: api.id }, ref: apis.refOf(api) };
}
