// PutObjectTagging, GetObjectTagging, DeleteObjectTagging: three views of one small thing.
import type {
  DeleteObjectTaggingRequest,
  GetObjectTaggingOutput,
  GetObjectTaggingRequest,
  PutObjectTaggingRequest,
} from "@aws-sdk/client-s3";
import { s3Limits } from "../../../../model/limits/s3.ts";
import type { Call } from "../../../kernel/service.ts";
import { readTagSet, tagSetOf, versionMember } from "../details.ts";
import { nullVersion, type Tags } from "../objects.ts";
import { presentObject } from "../reading.ts";
import type { S3 } from "../s3.ts";

interface Named {
  readonly Bucket: string | undefined;
  readonly Key: string | undefined;
  readonly VersionId?: string | undefined;
}

export function putObjectTagging(s3: S3, input: PutObjectTaggingRequest, call: Call): { readonly VersionId?: string } {
  return setTags(s3, input, readTagSet(input.Tagging?.TagSet ?? [], s3Limits.objectTags.value), "PUT", call);
}

export function deleteObjectTagging(s3: S3, input: DeleteObjectTaggingRequest, call: Call): { readonly VersionId?: string } {
  return setTags(s3, input, {}, "DELETE", call);
}

export function getObjectTagging(s3: S3, input: GetObjectTaggingRequest): GetObjectTaggingOutput {
  const bucket = s3.buckets.get(input.Bucket);
  const object = presentObject(s3, bucket, input.Key ?? "", input.VersionId, "GET");
  return { TagSet: tagSetOf(object.tags), ...versionMember(bucket, object.versionId) };
}

function setTags(s3: S3, input: Named, tags: Tags, method: "PUT" | "DELETE", call: Call): { readonly VersionId?: string } {
  const bucket = s3.buckets.get(input.Bucket);
  const object = presentObject(s3, bucket, input.Key ?? "", input.VersionId, method);
  const event = {
    name: method === "PUT" ? "ObjectTagging:Put" : "ObjectTagging:Delete",
    operation: method === "PUT" ? "PutObjectTagging" : "DeleteObjectTagging",
    key: object.key,
    etag: object.etag,
    ...(object.versionId !== nullVersion && { versionId: object.versionId }),
  };
  const notices = s3.objects.transact(() => {
    s3.objects.setTags(object, tags);
    return s3.notifier.add(bucket, event, call);
  });
  s3.notifier.send(notices);
  call.effect({ action: "update", resource: s3.buckets.ref(bucket), key: object.key, before: { tags: object.tags }, after: { tags } });
  return versionMember(bucket, object.versionId);
}
