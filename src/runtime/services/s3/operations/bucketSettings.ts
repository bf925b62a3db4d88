// PutBucketCors, GetBucketCors, DeleteBucketCors and their like: one table of kinds, since they differ in names only.
import type { NotificationConfiguration } from "@aws-sdk/client-s3";
import type { Call } from "../../../kernel/service.ts";
import { AwsError } from "../../../kernel/awsError.ts";
import type { Bucket } from "../buckets.ts";
import { malformedXml } from "../errors.ts";
import { checkDestinations, withIds } from "../notifications/configuration.ts";
import { configurationOf } from "../notifications/notifier.ts";
import { isRecord, type SettingKind, settingKinds } from "../settings.ts";
import type { S3 } from "../s3.ts";

type SettingOperation = (s3: S3, input: Readonly<Record<string, unknown>>, call: Call) => Record<string, unknown>;

export const settingOperations: Readonly<Record<string, SettingOperation>> = Object.fromEntries(
  settingKinds.flatMap((kind): [string, SettingOperation][] => [
    [kind.put, (s3, input, call) => put(kind, s3, input, call)],
    [kind.get, (s3, input) => get(kind, s3, input)],
    ...(kind.delete === undefined
      ? []
      : [[kind.delete, (s3, input, call) => remove(kind, s3, input, call)] satisfies [string, SettingOperation]]),
  ]),
);

function put(kind: SettingKind, s3: S3, input: Readonly<Record<string, unknown>>, call: Call): Record<string, unknown> {
  const bucket = bucketOf(s3, input);
  const given = kind.id === "acl" ? (input[kind.member] ?? {}) : input[kind.member];
  if (given === undefined) throw malformedXml();
  kind.check?.(given);
  if (kind.id === "notification") return putNotification(kind, s3, bucket, isRecord(given) ? given : {}, input, call);
  // A canned list or none at all leaves the owner's own rights.
  const isNothing = kind.id === "acl" && isRecord(given) && Object.keys(given).length === 0;
  save(s3, bucket, kind, isNothing ? undefined : given, call);
  return {};
}

function putNotification(
  kind: SettingKind,
  s3: S3,
  bucket: Bucket,
  given: NotificationConfiguration,
  input: Readonly<Record<string, unknown>>,
  call: Call,
): Record<string, unknown> {
  const { ids, resources } = s3.environment.kernel;
  if (input["SkipDestinationValidation"] !== true) checkDestinations(given, resources);
  const before = configurationOf(bucket) ?? {};
  const after = withIds(given, ids);
  save(s3, bucket, kind, after, call);
  s3.notifier.test(bucket, before, after, call);
  return {};
}

function get(kind: SettingKind, s3: S3, input: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const bucket = bucketOf(s3, input);
  const kept = bucket.settings[kind.id];
  if (kept === undefined && "code" in kind.absent)
    throw new AwsError(kind.absent.code, kind.absent.message, { status: 404, members: { BucketName: bucket.name } });
  const value = kept ?? ("value" in kind.absent ? kind.absent.value : {});
  if (kind.outputMember !== undefined) return { [kind.outputMember]: value };
  return isRecord(value) ? value : {};
}

function remove(kind: SettingKind, s3: S3, input: Readonly<Record<string, unknown>>, call: Call): Record<string, unknown> {
  save(s3, bucketOf(s3, input), kind, undefined, call);
  return {};
}

function save(s3: S3, bucket: Bucket, kind: SettingKind, value: unknown, call: Call): void {
  const { [kind.id]: _before, ...others } = bucket.settings;
  bucket.settings = value === undefined ? others : { ...others, [kind.id]: value };
  s3.buckets.save(bucket);
  const shown = value === undefined ? {} : { [kind.member]: JSON.parse(JSON.stringify(value)) };
  call.effect({ action: "update", resource: s3.buckets.ref(bucket), key: kind.put.replace(/^Put/, ""), after: shown });
}

function bucketOf(s3: S3, input: Readonly<Record<string, unknown>>): Bucket {
  return s3.buckets.get(typeof input["Bucket"] === "string" ? input["Bucket"] : undefined);
}
