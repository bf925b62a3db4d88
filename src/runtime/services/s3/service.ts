import type { ResourceRef } from "../../../model/trace.ts";
import type { Call, OperationHandler, Service } from "../../kernel/service.ts";
import { s3 as definition } from "./definition.ts";
import { bucketGauges, inspectBucket } from "./inspect.ts";
import { createBucket } from "./operations/createBucket.ts";
import { deleteBucket } from "./operations/deleteBucket.ts";
import { deleteObject } from "./operations/deleteObject.ts";
import { getBucketLocation } from "./operations/getBucketLocation.ts";
import { getObject } from "./operations/getObject.ts";
import { headBucket } from "./operations/headBucket.ts";
import { headObject } from "./operations/headObject.ts";
import { listBuckets } from "./operations/listBuckets.ts";
import { listObjectsV2 } from "./operations/listObjectsV2.ts";
import { putObject } from "./operations/putObject.ts";
import { bucketProvider } from "./resources.ts";
import { openS3, type S3 } from "./s3.ts";

/** AWS's name: what does it. */
const operations = {
  CreateBucket: createBucket,
  DeleteBucket: deleteBucket,
  DeleteObject: deleteObject,
  GetBucketLocation: getBucketLocation,
  GetObject: getObject,
  HeadBucket: headBucket,
  HeadObject: headObject,
  ListBuckets: listBuckets,
  ListObjectsV2: listObjectsV2,
  PutObject: putObject,
} satisfies Record<string, Operation>;

type Operation = (s3: S3, input: Parameters<OperationHandler>[0], call: Call) => unknown;

export const s3Service: Service = {
  definition,
  create(environment) {
    const s3 = openS3(environment);
    return {
      operations: bind(s3),
      resources: { "AWS::S3::Bucket": bucketProvider },
      targetOf: (_operation, input, region) => targetOf(s3, input, region),
      inspect: (name, _region, query) => inspectBucket(s3, name, query),
      gauges: () => bucketGauges(s3),
    };
  },
};

function bind(s3: S3): Record<string, OperationHandler> {
  const bound = Object.entries<Operation>(operations).map(([name, operation]): [string, OperationHandler] => [
    name,
    (input, call) => operation(s3, input, call),
  ]);
  return Object.fromEntries(bound);
}

function targetOf(s3: S3, input: unknown, region: string): ResourceRef | null {
  if (typeof input !== "object" || input === null || !("Bucket" in input) || typeof input.Bucket !== "string") return null;
  return s3.buckets.ref({ name: input.Bucket, region: s3.buckets.find(input.Bucket)?.region ?? region });
}
