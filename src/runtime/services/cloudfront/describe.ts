// Distributions and invalidations as the API shows them.
import type {
  Distribution as DistributionShape,
  DistributionConfig,
  DistributionSummary,
  Invalidation as InvalidationShape,
} from "@aws-sdk/client-cloudfront";
import { isJsonObject, type Json, type JsonObject } from "../../../model/json.ts";
import type { Distributions, Invalidation, StoredDistribution } from "./distributions.ts";

/** Virtual seconds until an invalidation is complete everywhere. */
const invalidationSeconds = 5;

export function describeDistribution(distributions: Distributions, stored: StoredDistribution): DistributionShape {
  return {
    Id: stored.id,
    ARN: distributions.arn(stored.id),
    Status: "Deployed",
    LastModifiedTime: new Date(stored.modifiedAt),
    InProgressInvalidationBatches: 0,
    DomainName: `${stored.label}.cloudfront.net`,
    DistributionConfig: apiConfig(stored),
  };
}

export function summarizeDistribution(distributions: Distributions, stored: StoredDistribution): DistributionSummary {
  const { CallerReference: _reference, DefaultRootObject: _root, Logging: _logging, ...config } = apiConfig(stored);
  // the summary's members are the config's; those that a template left out are absent here as well
  return {
    ...config,
    Id: stored.id,
    ARN: distributions.arn(stored.id),
    Status: "Deployed",
    LastModifiedTime: new Date(stored.modifiedAt),
    DomainName: `${stored.label}.cloudfront.net`,
  } as DistributionSummary;
}

export function describeInvalidation(invalidation: Invalidation, now: number): InvalidationShape {
  return {
    Id: invalidation.id,
    Status: now >= invalidation.createdAt + invalidationSeconds * 1000 ? "Completed" : "InProgress",
    CreateTime: new Date(invalidation.createdAt),
    InvalidationBatch: {
      Paths: { Quantity: invalidation.paths.length, Items: [...invalidation.paths] },
      CallerReference: invalidation.callerReference,
    },
  };
}

/** CloudFormation writes lists, the API wants `{Quantity, Items}`, and keeps CachedMethods inside AllowedMethods. */
function apiConfig(stored: StoredDistribution): DistributionConfig {
  const config = quantified({
    CallerReference: stored.id,
    Comment: "",
    CacheBehaviors: [],
    CustomErrorResponses: [],
    Aliases: [],
    ...stored.config,
  });
  // the schema of the wire reads only the members it knows
  return config as unknown as DistributionConfig;
}

function quantified(value: Json): Json {
  if (Array.isArray(value)) return { Quantity: value.length, Items: value.map(quantified) };
  if (!isJsonObject(value)) return value;
  const { CachedMethods, ...rest } = value;
  const object: JsonObject = Object.fromEntries(Object.entries(rest).map(([key, member]) => [key, quantified(member)]));
  if (CachedMethods !== undefined && isJsonObject(object["AllowedMethods"]))
    object["AllowedMethods"] = { ...object["AllowedMethods"], CachedMethods: quantified(CachedMethods) };
  if (isJsonObject(value["CustomOriginConfig"]) && isJsonObject(object["CustomOriginConfig"])) {
    const ports: JsonObject = { HTTPPort: 80, HTTPSPort: 443 };
    object["CustomOriginConfig"] = { ...ports, ...object["CustomOriginConfig"] };
  }
  return object;
}
