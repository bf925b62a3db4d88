import type { CreateInvalidationRequest, CreateInvalidationResult } from "@aws-sdk/client-cloudfront";
import { AwsError } from "../../../kernel/awsError.ts";
import type { Call } from "../../../kernel/service.ts";
import { describeInvalidation } from "../describe.ts";
import type { Distributions, Invalidation } from "../distributions.ts";

export function createInvalidation(distributions: Distributions) {
  return (input: CreateInvalidationRequest, call: Call): CreateInvalidationResult => {
    const { id } = distributions.get(input.DistributionId ?? "");
    const paths = input.InvalidationBatch?.Paths?.Items ?? [];
    if (paths.length === 0 || input.InvalidationBatch?.Paths?.Quantity !== paths.length) {
      throw new AwsError("InconsistentQuantities", "The value of Quantity and the size of Items do not match.");
    }
    const bad = paths.find((path) => !path.startsWith("/") || /\*./.test(path));
    if (bad !== undefined)
      throw new AwsError(
        "InvalidArgument",
        `Your request contains one or more invalid invalidation paths: ${bad}. A path begins with / and may end with *.`,
      );
    const callerReference = input.InvalidationBatch?.CallerReference ?? "";
    // the same reference again is the same request
    const known = distributions.invalidations(id).find((one) => one.callerReference === callerReference);
    const invalidation: Invalidation = known ?? { id: `I${call.kernel.ids.base36(13)}`, callerReference, paths, createdAt: call.now() };
    if (known === undefined) {
      distributions.addInvalidation(id, invalidation);
      for (const removed of distributions.entries.invalidate(id, paths)) {
        call.effect({
          action: "invalidate",
          resource: distributions.ref(id),
          key: removed.key,
          before: { status: removed.response.status, ttlSeconds: Math.round((removed.expiresAt - removed.storedAt) / 1000) },
        });
      }
    }
    return {
      Location: `https://cloudfront.amazonaws.com/2020-05-31/distribution/${id}/invalidation/${invalidation.id}`,
      Invalidation: describeInvalidation(invalidation, call.now()),
    };
  };
}
