import type { PutObjectAclOutput, PutObjectAclRequest } from "@aws-sdk/client-s3";
import { AwsError } from "../../../kernel/awsError.ts";
import { presentObject } from "../reading.ts";
import type { S3 } from "../s3.ts";

export function putObjectAcl(s3: S3, input: PutObjectAclRequest): PutObjectAclOutput {
  presentObject(s3, s3.buckets.get(input.Bucket), input.Key ?? "", input.VersionId, "PUT");
  if (input.ACL === "private" || input.ACL === "bucket-owner-full-control") return {};
  throw new AwsError("AccessControlListNotSupported", "The bucket does not allow ACLs");
}
