import type { Call, Deployed, ResourceProvider, StackResource } from "../../../kernel/service.ts";
import type { Apis, HttpApi } from "../apis.ts";
import { describedApi, newApi } from "../http/describedApi.ts";
import { deploymentPart, integrationPart, routePart, stagePart } from "../http/parts.ts";
import type { Part } from "../http/parts.ts";
import { textOf } from "../values.ts";

/** The CloudFormation types of HTTP APIs: `AWS::ApiGatewayV2::…`. */
export function httpApiProviders(apis: Apis): Record<string, ResourceProvider> {
  return {
    "AWS::ApiGatewayV2::Api": {
      create(resource, call) {
        const api = describedApi(newApi(call), resource.properties, resource.logicalId, call);
        apis.save(api);
        return deployedApi(apis, api);
      },
      update(resource, previous, call) {
        const old = apis.find(previous.physicalId);
        const protocol = textOf(resource.properties.ProtocolType) ?? "HTTP";
        if (old?.kind !== "http" || old.protocolType !== protocol) return "replace";
        const api = describedApi(old, resource.properties, resource.logicalId, call);
        apis.save(api);
        return deployedApi(apis, api);
      },
      delete: (previous) => apis.remove(previous.physicalId),
    },
    "AWS::ApiGatewayV2::Stage": part(
      apis,
      stagePart,
      (resource, previous) => textOf(resource.properties.StageName) !== textOf(previous.properties.StageName),
    ),
    "AWS::ApiGatewayV2::Route": part(apis, routePart),
    "AWS::ApiGatewayV2::Integration": part(apis, integrationPart),
    "AWS::ApiGatewayV2::Deployment": part(apis, deploymentPart),
  };
}

function part(
  apis: Apis,
  { put, drop }: Part,
  isReplacedBy?: (resource: StackResource, previous: StackResource) => boolean,
): ResourceProvider {
  function store(resource: StackResource, call: Call, physicalId?: string): Deployed {
    const { api, ...deployed } = put(apis.http(textOf(resource.properties.ApiId)), resource.properties, call, physicalId);
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

function deployedApi(apis: Apis, api: HttpApi): Deployed {
  const endpoint = `https://${api.id}.execute-api.${api.region}.amazonaws.com`;
  return { physicalId: api.id, attributes: { ApiId: api.id, ApiEndpoint: endpoint }, ref: apis.refOf(api) };
}
