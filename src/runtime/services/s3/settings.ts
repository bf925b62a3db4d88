// Settings of buckets that are put, got and deleted as a whole: for each kind what carries it, and what is said where there is none.
import { s3Limits } from "../../../model/limits/s3.ts";
import { isJsonObject, type Json } from "../../../model/json.ts";
import { AwsError } from "../../kernel/awsError.ts";
import { readTagSet } from "./details.ts";
import { invalidArgument, invalidRequest, malformedXml } from "./errors.ts";
import { checkConfiguration } from "./notifications/configuration.ts";
import { owner } from "./owner.ts";

export interface SettingKind {
  /** Key in the bucket's settings. */
  readonly id: string;
  /** AWS's names of the operations. */
  readonly put: string;
  readonly get: string;
  readonly delete?: string;
  /** Input member that carries it. */
  readonly member: string;
  /** Output member that carries it; absent: its own members are the output's. */
  readonly outputMember?: string;
  /** Where there is none: an error, or what a bucket has by itself. */
  readonly absent:
    | { readonly code: string; readonly message: string; readonly status?: number }
    | { readonly value: Readonly<Record<string, unknown>> };
  check?(value: unknown): void;
}

function missing(code: string, message: string): { readonly code: string; readonly message: string } {
  return { code, message };
}

export const blockedPublicAccess = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true };

export const settingKinds: readonly SettingKind[] = [
  {
    id: "accelerate",
    put: "PutBucketAccelerateConfiguration",
    get: "GetBucketAccelerateConfiguration",
    member: "AccelerateConfiguration",
    absent: { value: {} },
  },
  {
    id: "acl",
    put: "PutBucketAcl",
    get: "GetBucketAcl",
    member: "AccessControlPolicy",
    absent: {
      value: { Owner: owner, Grants: [{ Grantee: { ...owner, Type: "CanonicalUser" }, Permission: "FULL_CONTROL" }] },
    },
  },
  {
    id: "cors",
    put: "PutBucketCors",
    get: "GetBucketCors",
    delete: "DeleteBucketCors",
    member: "CORSConfiguration",
    absent: missing("NoSuchCORSConfiguration", "The CORS configuration does not exist"),
    check: checkCors,
  },
  {
    id: "encryption",
    put: "PutBucketEncryption",
    get: "GetBucketEncryption",
    delete: "DeleteBucketEncryption",
    member: "ServerSideEncryptionConfiguration",
    outputMember: "ServerSideEncryptionConfiguration",
    absent: { value: { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" }, BucketKeyEnabled: false }] } },
  },
  {
    id: "lifecycle",
    put: "PutBucketLifecycleConfiguration",
    get: "GetBucketLifecycleConfiguration",
    delete: "DeleteBucketLifecycle",
    member: "LifecycleConfiguration",
    absent: missing("NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist"),
    check: checkLifecycle,
  },
  { id: "logging", put: "PutBucketLogging", get: "GetBucketLogging", member: "BucketLoggingStatus", absent: { value: {} } },
  {
    id: "objectLock",
    put: "PutObjectLockConfiguration",
    get: "GetObjectLockConfiguration",
    member: "ObjectLockConfiguration",
    outputMember: "ObjectLockConfiguration",
    absent: missing("ObjectLockConfigurationNotFoundError", "Object Lock configuration does not exist for this bucket"),
  },
  {
    id: "ownership",
    put: "PutBucketOwnershipControls",
    get: "GetBucketOwnershipControls",
    delete: "DeleteBucketOwnershipControls",
    member: "OwnershipControls",
    outputMember: "OwnershipControls",
    absent: missing("OwnershipControlsNotFoundError", "The bucket ownership controls were not found"),
  },
  {
    id: "policy",
    put: "PutBucketPolicy",
    get: "GetBucketPolicy",
    delete: "DeleteBucketPolicy",
    member: "Policy",
    outputMember: "Policy",
    absent: missing("NoSuchBucketPolicy", "The bucket policy does not exist"),
    check: checkPolicy,
  },
  {
    id: "publicAccess",
    put: "PutPublicAccessBlock",
    get: "GetPublicAccessBlock",
    delete: "DeletePublicAccessBlock",
    member: "PublicAccessBlockConfiguration",
    outputMember: "PublicAccessBlockConfiguration",
    absent: missing("NoSuchPublicAccessBlockConfiguration", "The public access block configuration was not found"),
  },
  {
    id: "replication",
    put: "PutBucketReplication",
    get: "GetBucketReplication",
    delete: "DeleteBucketReplication",
    member: "ReplicationConfiguration",
    outputMember: "ReplicationConfiguration",
    absent: missing("ReplicationConfigurationNotFoundError", "The replication configuration was not found"),
  },
  {
    id: "requestPayment",
    put: "PutBucketRequestPayment",
    get: "GetBucketRequestPayment",
    member: "RequestPaymentConfiguration",
    absent: { value: { Payer: "BucketOwner" } },
  },
  {
    id: "tagging",
    put: "PutBucketTagging",
    get: "GetBucketTagging",
    delete: "DeleteBucketTagging",
    member: "Tagging",
    absent: missing("NoSuchTagSet", "The TagSet does not exist"),
    check: (value) => void readTagSet(Array.isArray(memberOf(value, "TagSet")) ? tagsIn(value) : [], s3Limits.bucketTags.value),
  },
  {
    id: "website",
    put: "PutBucketWebsite",
    get: "GetBucketWebsite",
    delete: "DeleteBucketWebsite",
    member: "WebsiteConfiguration",
    absent: missing("NoSuchWebsiteConfiguration", "The specified bucket does not have a website configuration"),
  },
  {
    id: "notification",
    put: "PutBucketNotificationConfiguration",
    get: "GetBucketNotificationConfiguration",
    member: "NotificationConfiguration",
    absent: { value: {} },
    check: (value) => checkConfiguration(isRecord(value) ? value : {}),
  },
];

const corsMethods: ReadonlySet<unknown> = new Set(["GET", "PUT", "HEAD", "POST", "DELETE"]);

function checkCors(value: unknown): void {
  const rules = memberOf(value, "CORSRules");
  if (!Array.isArray(rules) || rules.length === 0) throw malformedXml();
  for (const rule of rules) {
    const methods: unknown = memberOf(rule, "AllowedMethods");
    const origins: unknown = memberOf(rule, "AllowedOrigins");
    if (!Array.isArray(methods) || !Array.isArray(origins)) throw malformedXml();
    for (const method of methods)
      if (!corsMethods.has(method))
        throw invalidRequest(`Found unsupported HTTP method in CORS config. Unsupported method is ${String(method)}`);
    for (const origin of origins)
      if (String(origin).split("*").length > 2)
        throw invalidRequest(`AllowedOrigin "${String(origin)}" can not have more than one wildcard.`);
  }
}

function checkLifecycle(value: unknown): void {
  const rules = memberOf(value, "Rules");
  if (!Array.isArray(rules) || rules.length === 0) throw malformedXml();
  const ids = rules.map((rule) => memberOf(rule, "ID")).filter((id) => id !== undefined);
  if (new Set(ids).size < ids.length)
    throw invalidArgument("Rule ID must be unique. Found same ID for more than one rule", "ID", ids.join());
  const actions = [
    "Expiration",
    "Transitions",
    "NoncurrentVersionTransitions",
    "NoncurrentVersionExpiration",
    "AbortIncompleteMultipartUpload",
  ];
  if (rules.some((rule) => actions.every((action) => memberOf(rule, action) === undefined)))
    throw invalidRequest("At least one action needs to be specified in a rule");
}

function checkPolicy(value: unknown): void {
  let document: Json;
  try {
    document = JSON.parse(String(value)) as Json;
  } catch {
    throw malformedPolicy("Policies must be valid JSON and the first byte must be '{'");
  }
  if (!isJsonObject(document)) throw malformedPolicy("Policies must be valid JSON and the first byte must be '{'");
  if (document["Statement"] === undefined) throw malformedPolicy("Missing required field Statement");
}

function malformedPolicy(message: string): AwsError {
  return new AwsError("MalformedPolicy", message);
}

function tagsIn(value: unknown): { Key?: string; Value?: string }[] {
  const tags = memberOf(value, "TagSet");
  return Array.isArray(tags)
    ? tags.map((tag) => ({ Key: String(memberOf(tag, "Key") ?? ""), Value: String(memberOf(tag, "Value") ?? "") }))
    : [];
}

function memberOf(value: unknown, name: string): unknown {
  return isRecord(value) ? value[name] : undefined;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
