import type { GetObjectAclOutput, GetObjectAclRequest } from "@aws-sdk/client-s3";
import { owner } from "../owner.ts";
import { presentObject } from "../reading.ts";
import type { S3 } from "../s3.ts";

/** Access control lists of objects are off, as in every new bucket: the owner has all rights. */
export function getObjectAcl(s3: S3, input: GetObjectAclRequest): GetObjectAclOutput {
  presentObject(s3, s3.buckets.get(input.Bucket), input.Key ?? "", input.VersionId, "GET");
  return { Owner: owner, Grants: [{ Grantee: { ...owner, Type: "CanonicalUser" }, Permission: "FULL_CONTROL" }] };
}
