import type { GetInvalidationRequest, GetInvalidationResult } from "@aws-sdk/client-cloudfront";
import { AwsError } from "../../../kernel/awsError.ts";
import type { Call } from "../../../kernel/service.ts";
import { describeInvalidation } from "../describe.ts";
import type { Distributions } from "../distributions.ts";

export function getInvalidation(distributions: Distributions) {
  return (input: GetInvalidationRequest, call: Call): GetInvalidationResult => {
    const { id } = distributions.get(input.DistributionId ?? "");
    const found = distributions.invalidations(id).find((one) => one.id === input.Id);
    if (found === undefined) throw new AwsError("NoSuchInvalidation", "The specified invalidation does not exist.", { status: 404 });
    return { Invalidation: describeInvalidation(found, call.now()) };
  };
}
