import type { GetObjectRequest } from "@aws-sdk/client-s3";
import type { S3 } from "../s3.ts";
import { readingOf } from "../reading.ts";

export function getObject(s3: S3, input: GetObjectRequest): Record<string, unknown> {
  const { object, members, start, end } = readingOf(s3, input, "GET");
  const overridden = {
    CacheControl: input.ResponseCacheControl,
    ContentDisposition: input.ResponseContentDisposition,
    ContentEncoding: input.ResponseContentEncoding,
    ContentLanguage: input.ResponseContentLanguage,
    ContentType: input.ResponseContentType,
    Expires: input.ResponseExpires,
  };
  return {
    ...members,
    ...Object.fromEntries(Object.entries(overridden).filter(([, value]) => value !== undefined)),
    Body: s3.bodies.read(s3.objects.bodyOf(object), start, end),
  };
}
