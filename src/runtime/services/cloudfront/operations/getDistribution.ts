import type { GetDistributionCommandOutput, GetDistributionRequest } from "@aws-sdk/client-cloudfront";
import { describeDistribution } from "../describe.ts";
import type { Distributions } from "../distributions.ts";

export function getDistribution(distributions: Distributions) {
  return (input: GetDistributionRequest): Omit<GetDistributionCommandOutput, "$metadata"> => {
    const stored = distributions.get(input.Id ?? "");
    return { ETag: stored.etag, Distribution: describeDistribution(distributions, stored) };
  };
}
