import type { ResourceRef } from "../../../model/trace.ts";
import { AwsError } from "../../kernel/awsError.ts";
import type { Call, OperationHandler, Service } from "../../kernel/service.ts";
import { bucketPlane } from "./bucketPlane.ts";
import { corsHeaders } from "./cors.ts";
import { s3 as definition } from "./definition.ts";
import { formUploadPlane } from "./formUpload.ts";
import { bucketGauges, inspectBucket } from "./inspect.ts";
import { abortMultipartUpload } from "./operations/abortMultipartUpload.ts";
import { completeMultipartUpload } from "./operations/completeMultipartUpload.ts";
import { copyObject } from "./operations/copyObject.ts";
import { createMultipartUpload } from "./operations/createMultipartUpload.ts";
import { deleteObjects } from "./operations/deleteObjects.ts";
import { getBucketPolicyStatus } from "./operations/getBucketPolicyStatus.ts";
import { getBucketVersioning } from "./operations/getBucketVersioning.ts";
import { getObjectAcl } from "./operations/getObjectAcl.ts";
import { getObjectAttributes } from "./operations/getObjectAttributes.ts";
import { listMultipartUploads } from "./operations/listMultipartUploads.ts";
import { listObjects } from "./operations/listObjects.ts";
import { listObjectVersions } from "./operations/listObjectVersions.ts";
import { listParts } from "./operations/listParts.ts";
import { putBucketVersioning } from "./operations/putBucketVersioning.ts";
import { putObjectAcl } from "./operations/putObjectAcl.ts";
import { uploadPart } from "./operations/uploadPart.ts";
import { uploadPartCopy } from "./operations/uploadPartCopy.ts";
import { settingOperations } from "./operations/bucketSettings.ts";
import { deleteObjectTagging, getObjectTagging, putObjectTagging } from "./operations/objectTagging.ts";
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
import { bucketPolicyProvider, bucketProvider } from "./resources.ts";
import { openS3, type S3 } from "./s3.ts";
import { websitePlane } from "./website.ts";

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
  AbortMultipartUpload: abortMultipartUpload,
  CompleteMultipartUpload: completeMultipartUpload,
  CopyObject: copyObject,
  CreateMultipartUpload: createMultipartUpload,
  DeleteObjects: deleteObjects,
  GetBucketPolicyStatus: getBucketPolicyStatus,
  GetBucketVersioning: getBucketVersioning,
  GetObjectAcl: getObjectAcl,
  GetObjectAttributes: getObjectAttributes,
  ListMultipartUploads: listMultipartUploads,
  ListObjects: listObjects,
  ListObjectVersions: listObjectVersions,
  ListParts: listParts,
  PutBucketVersioning: putBucketVersioning,
  PutObjectAcl: putObjectAcl,
  UploadPart: uploadPart,
  UploadPartCopy: uploadPartCopy,
  PutObject: putObject,
  DeleteObjectTagging: deleteObjectTagging,
  GetObjectTagging: getObjectTagging,
  PutObjectTagging: putObjectTagging,
} satisfies Record<string, Operation>;

type Operation = (s3: S3, input: Parameters<OperationHandler>[0], call: Call) => unknown;

export const s3Service: Service = {
  definition,
  create(environment) {
    const s3 = openS3(environment);
    return {
      operations: bind(s3),
      resources: { "AWS::S3::Bucket": bucketProvider, "AWS::S3::BucketPolicy": bucketPolicyProvider },
      dataPlanes: [websitePlane(s3), formUploadPlane(s3), bucketPlane(s3)],
      targetOf: (_operation, input, region) => targetOf(s3, input, region),
      corsHeaders(name, question) {
        const bucket = s3.buckets.find(name);
        return bucket && corsHeaders(bucket, question);
      },
      inspect: (name, _region, query) => inspectBucket(s3, name, query),
      gauges: () => bucketGauges(s3),
      arm: async () => s3.notifier.resume(),
      stop: () => s3.notifier.stop(),
    };
  },
};

function bind(s3: S3): Record<string, OperationHandler> {
  const bound = Object.entries<Operation>({ ...operations, ...settingOperations }).map(([name, operation]): [string, OperationHandler] => [
    name,
    (input, call) => {
      checkOwner(input, call);
      return operation(s3, input, call);
    },
  ]);
  return Object.fromEntries(bound);
}

/** A caller may say whose bucket it means to work on. */
function checkOwner(input: unknown, call: Call): void {
  if (typeof input !== "object" || input === null || !("ExpectedBucketOwner" in input)) return;
  if (input.ExpectedBucketOwner !== call.accountId) throw new AwsError("AccessDenied", "Access Denied", { status: 403 });
}

function targetOf(s3: S3, input: unknown, region: string): ResourceRef | null {
  if (typeof input !== "object" || input === null || !("Bucket" in input) || typeof input.Bucket !== "string") return null;
  return s3.buckets.ref({ name: input.Bucket, region: s3.buckets.find(input.Bucket)?.region ?? region });
}
