import { isJsonObject, type JsonObject } from "../../../model/json.ts";
import { AwsError } from "../../kernel/awsError.ts";
import type { Call, Deployed, ResourceProvider, StackResource } from "../../kernel/service.ts";
import { type Distributions, globalRegion, type StoredDistribution } from "./distributions.ts";

export function cloudfrontProviders(distributions: Distributions): Record<string, ResourceProvider> {
  return {
    "AWS::CloudFront::Distribution": distributionProvider(distributions),
    "AWS::CloudFront::CachePolicy": policyProvider(distributions, "cache", "CachePolicyConfig"),
    "AWS::CloudFront::OriginRequestPolicy": policyProvider(distributions, "originRequest", "OriginRequestPolicyConfig"),
  };
}

function distributionProvider(distributions: Distributions): ResourceProvider {
  const deployed = (stored: StoredDistribution): Deployed => ({
    physicalId: stored.id,
    attributes: { Id: stored.id, DomainName: `${stored.label}.cloudfront.net` },
    ref: {
      service: "cloudfront",
      type: "AWS::CloudFront::Distribution",
      name: stored.id,
      region: globalRegion,
      arn: distributions.arn(stored.id),
    },
  });
  return {
    create: (resource, call) =>
      deployed(
        distributions.put(
          `E${call.kernel.ids.base36(13)}`,
          `d${call.kernel.ids.base36(13).toLowerCase()}`,
          configOf(resource, "DistributionConfig"),
          call.now(),
        ),
      ),
    update(resource, previous, call) {
      const { label } = distributions.get(previous.physicalId);
      return deployed(distributions.put(previous.physicalId, label, configOf(resource, "DistributionConfig"), call.now()));
    },
    delete: (previous) => distributions.remove(previous.physicalId),
  };
}

function policyProvider(distributions: Distributions, kind: "cache" | "originRequest", property: string): ResourceProvider {
  const put = (id: string, resource: StackResource, call: Call): Deployed => {
    distributions.putPolicy(kind, id, configOf(resource, property));
    return { physicalId: id, attributes: { Id: id, LastModifiedTime: new Date(call.now()).toISOString() } };
  };
  return {
    create: (resource, call) => put(call.kernel.ids.uuid(), resource, call),
    update: (resource, previous, call) => put(previous.physicalId, resource, call),
    delete: (previous) => distributions.removePolicy(previous.physicalId),
  };
}

function configOf(resource: StackResource, property: string): JsonObject {
  const config = resource.properties[property];
  if (!isJsonObject(config)) throw new AwsError("InvalidArgument", `${resource.logicalId} needs ${property}.`);
  return config;
}
