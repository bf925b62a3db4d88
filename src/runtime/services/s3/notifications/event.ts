// Events of objects in AWS's forms: https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
import type { Bucket } from "../buckets.ts";
import { encodeKey } from "../listing.ts";
import { owner } from "../owner.ts";

export interface ObjectEvent {
  /** `ObjectCreated:Put`. */
  readonly name: string;
  /** AWS's name of the operation: `PutObject`. */
  readonly operation: string;
  readonly key: string;
  /** Absent for what is gone. */
  readonly size?: number;
  readonly etag?: string;
  readonly versionId?: string;
  /** Milliseconds. */
  readonly at: number;
  /** Grows with each event of a key. */
  readonly sequencer: string;
  readonly requestId: string;
}

/** What functions, queues and topics hear. */
export function notificationRecord(bucket: Bucket, event: ObjectEvent, accountId: string, configurationId: string) {
  return {
    eventVersion: "2.1",
    eventSource: "aws:s3",
    awsRegion: bucket.region,
    eventTime: new Date(event.at).toISOString(),
    eventName: event.name,
    userIdentity: { principalId: `AWS:${accountId}` },
    requestParameters: { sourceIPAddress: "127.0.0.1" },
    responseElements: { "x-amz-request-id": event.requestId, "x-amz-id-2": Buffer.from(event.requestId).toString("base64") },
    s3: {
      s3SchemaVersion: "1.0",
      configurationId,
      bucket: { name: bucket.name, ownerIdentity: { principalId: owner.ID }, arn: bucket.arn },
      object: {
        key: encodeKey(event.key),
        ...(event.size !== undefined && { size: event.size }),
        ...(event.etag !== undefined && { eTag: event.etag }),
        ...(event.versionId !== undefined && { versionId: event.versionId }),
        sequencer: event.sequencer,
      },
    },
  };
}

/** What a queue or topic hears when it comes to be told of a bucket's events. */
export function testEvent(bucket: Bucket, at: number, requestId: string) {
  return {
    Service: "Amazon S3",
    Event: "s3:TestEvent",
    Time: new Date(at).toISOString(),
    Bucket: bucket.name,
    RequestId: requestId,
    HostId: Buffer.from(requestId).toString("base64"),
  };
}

const detailTypes: readonly (readonly [prefix: string, detailType: string])[] = [
  ["ObjectCreated:", "Object Created"],
  ["ObjectRemoved:", "Object Deleted"],
  ["ObjectTagging:Put", "Object Tags Added"],
  ["ObjectTagging:Delete", "Object Tags Deleted"],
  ["ObjectAcl:", "Object ACL Updated"],
];

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html: keys stand in it as they are. */
export function bridgeEntry(bucket: Bucket, event: ObjectEvent, accountId: string) {
  const detailType = detailTypes.find(([prefix]) => event.name.startsWith(prefix))?.[1] ?? event.name;
  const isMarker = event.name === "ObjectRemoved:DeleteMarkerCreated";
  return {
    Source: "aws.s3",
    DetailType: detailType,
    Time: new Date(event.at),
    Resources: [bucket.arn],
    Detail: JSON.stringify({
      version: "0",
      bucket: { name: bucket.name },
      object: {
        key: event.key,
        ...(event.size !== undefined && { size: event.size }),
        ...(event.etag !== undefined && { etag: event.etag }),
        ...(event.versionId !== undefined && { "version-id": event.versionId }),
        sequencer: event.sequencer,
      },
      "request-id": event.requestId,
      requester: accountId,
      "source-ip-address": "127.0.0.1",
      ...(/^Object(?:Created|Removed)/.test(event.name) && { reason: event.operation }),
      ...(detailType === "Object Deleted" && { "deletion-type": isMarker ? "Delete Marker Created" : "Permanently Deleted" }),
    }),
  };
}
