import type { Call, Deployed, ResourceProvider, StackResource } from "../../../kernel/service.ts";
import type { Apis, RestApi } from "../apis.ts";
import { describeRestApi, newRestApi } from "../rest/describeRestApi.ts";
import { deploymentPart, gatewayResponsePart, methodPart, resourcePart, stagePart, type RestPart } from "../rest/parts.ts";
import { textOf } from "../values.ts";

/** The CloudFormation types of REST APIs: `AWS::ApiGateway::…`. */
export function restApiProviders(apis: Apis): Record<string, ResourceProvider> {
  return {
    "AWS::ApiGateway::RestApi": {
      create(resource, call) {
        const api = newRestApi(resource, call);
        apis.save(api);
        return deployedApi(apis, api);
      },
      update(resource, previous, call) {
        const old = apis.find(previous.physicalId);
        if (old?.kind !== "rest") return "replace";
        const api: RestApi = { ...old, ...describeRestApi(resource, old, call) };
        apis.save(api);
        return deployedApi(apis, api);
      },
      delete: (previous) => apis.remove(previous.physicalId),
    },
    "AWS::ApiGateway::Resource": part(apis, resourcePart),
    "AWS::ApiGateway::Method": part(apis, methodPart),
    "AWS::ApiGateway::Deployment": part(apis, deploymentPart),
    "AWS::ApiGateway::Stage": part(apis, stagePart),
    "AWS::ApiGateway::GatewayResponse": part(apis, gatewayResponsePart),
  };
}

function part(apis: Apis, { put, drop, isUpdatedInPlace }: RestPart): ResourceProvider {
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

function deployedApi(apis: Apis, api: RestApi): Deployed {
  return { physicalId: api.id, attributes: { RootResourceId: api.rootResourceId, RestApiId: api.id }, ref: apis.refOf(api) };
}
