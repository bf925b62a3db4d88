/** What SigV4 says about a request: who asks which service where. The signature itself is not checked. */
export interface CredentialScope {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
}

/** From the Authorization header or, in a pre-signed URL, from the query; null where the request is not signed. */
export function credentialScope(authorization: string | undefined, query: URLSearchParams): CredentialScope | null {
  const credential = authorization === undefined ? query.get("X-Amz-Credential") : /Credential=([^,\s]+)/.exec(authorization)?.[1];
  if (!credential) return legacyBucketScope(query);
  // An access key id may itself hold slashes in tests, so the scope is read from its end.
  const parts = credential.split("/");
  const [service, region] = [parts.at(-2), parts.at(-3)];
  if (parts.length < 5 || !service || !region) return null;
  // SigV4A signs for a set of regions and leaves the region out of the scope.
  return { accessKeyId: parts.slice(0, -4).join("/"), region, service };
}

/** Pre-signed URLs of S3 in the old way, as boto3 still makes them, name neither service nor region. */
function legacyBucketScope(query: URLSearchParams): CredentialScope | null {
  const accessKeyId = query.get("AWSAccessKeyId");
  if (accessKeyId === null || !query.has("Signature") || !query.has("Expires")) return null;
  return { accessKeyId, region: "us-east-1", service: "s3" };
}
