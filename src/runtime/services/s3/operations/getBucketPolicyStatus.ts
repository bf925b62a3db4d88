import type { GetBucketPolicyStatusOutput, GetBucketPolicyStatusRequest } from "@aws-sdk/client-s3";
import { AwsError } from "../../../kernel/awsError.ts";
import type { S3 } from "../s3.ts";

/** Public: a statement lets everyone in, without a condition. */
export function getBucketPolicyStatus(s3: S3, input: GetBucketPolicyStatusRequest): GetBucketPolicyStatusOutput {
  const bucket = s3.buckets.get(input.Bucket);
  const policy = bucket.settings["policy"];
  if (policy === undefined)
    throw new AwsError("NoSuchBucketPolicy", "The bucket policy does not exist", { status: 404, members: { BucketName: bucket.name } });
  return { PolicyStatus: { IsPublic: isPublic(String(policy)) } };
}

function isPublic(policy: string): boolean {
  const { Statement: given } = JSON.parse(policy) as { readonly Statement?: unknown };
  return [given].flat().some((statement) => {
    if (typeof statement !== "object" || statement === null) return false;
    const { Effect: effect, Principal: principal, Condition: condition } = statement as Readonly<Record<string, unknown>>;
    const named = typeof principal === "object" && principal !== null && "AWS" in principal ? principal.AWS : principal;
    return effect === "Allow" && condition === undefined && [named].flat().includes("*");
  });
}
