import type { ListInvalidationsRequest, ListInvalidationsResult } from "@aws-sdk/client-cloudfront";
import type { Call } from "../../../kernel/service.ts";
import { describeInvalidation } from "../describe.ts";
import type { Distributions } from "../distributions.ts";

export function listInvalidations(distributions: Distributions) {
  return (input: ListInvalidationsRequest, call: Call): ListInvalidationsResult => {
    const all = distributions.invalidations(distributions.get(input.DistributionId ?? "").id);
    const begin = input.Marker === undefined ? 0 : all.findIndex((one) => one.id === input.Marker) + 1;
    const maxItems = Math.min(Number(input.MaxItems ?? 100), 100);
    const page = all.slice(begin, begin + maxItems);
    const isTruncated = begin + maxItems < all.length;
    return {
      InvalidationList: {
        Marker: input.Marker ?? "",
        ...(isTruncated && { NextMarker: page.at(-1)?.id }),
        MaxItems: maxItems,
        IsTruncated: isTruncated,
        Quantity: page.length,
        Items: page.map((one) => {
          const { Id, CreateTime, Status } = describeInvalidation(one, call.now());
          return { Id, CreateTime, Status };
        }),
      },
    };
  };
}
