import type { ListBucketsOutput, ListBucketsRequest } from "@aws-sdk/client-s3";
import { owner } from "../owner.ts";
import { wholeSecond } from "../moment.ts";
import type { S3 } from "../s3.ts";

export function listBuckets(s3: S3, input: ListBucketsRequest): ListBucketsOutput {
  const { Prefix: prefix = "", BucketRegion: region, ContinuationToken: token = "", MaxBuckets: max = 10_000 } = input;
  const fitting = s3.buckets
    .all()
    .filter((bucket) => bucket.name.startsWith(prefix) && (region === undefined || bucket.region === region) && bucket.name > token);
  const page = fitting.slice(0, max);
  const last = page.at(-1);
  return {
    Buckets: page.map((bucket) => ({
      Name: bucket.name,
      CreationDate: wholeSecond(bucket.createdAt),
      BucketArn: bucket.arn,
      // said only to those who ask page by page
      ...((input.MaxBuckets !== undefined || region !== undefined) && { BucketRegion: bucket.region }),
    })),
    Owner: owner,
    ...(input.Prefix !== undefined && { Prefix: prefix }),
    ...(fitting.length > page.length && last && { ContinuationToken: last.name }),
  };
}
