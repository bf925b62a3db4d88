import type { ListDistributionsRequest, ListDistributionsResult } from "@aws-sdk/client-cloudfront";
import { summarizeDistribution } from "../describe.ts";
import type { Distributions } from "../distributions.ts";

export function listDistributions(distributions: Distributions) {
  return (input: ListDistributionsRequest): ListDistributionsResult => {
    const all = distributions.all();
    const begin = input.Marker === undefined ? 0 : all.findIndex((one) => one.id === input.Marker) + 1;
    const maxItems = Math.min(Number(input.MaxItems ?? 100), 100);
    const page = all.slice(begin, begin + maxItems);
    const isTruncated = begin + maxItems < all.length;
    return {
      DistributionList: {
        Marker: input.Marker ?? "",
        ...(isTruncated && { NextMarker: page.at(-1)?.id }),
        MaxItems: maxItems,
        IsTruncated: isTruncated,
        Quantity: page.length,
        Items: page.map((stored) => summarizeDistribution(distributions, stored)),
      },
    };
  };
}
