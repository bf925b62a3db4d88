import type { LogGroup as LogGroupOutput, LogStream as LogStreamOutput } from "@aws-sdk/client-cloudwatch-logs";
import type { LogGroup, LogStream } from "./logGroups.ts";

/** Times are whole milliseconds on the wire; stored bytes appear on AWS a day later, so they are 0 here. */
export function describeGroup(group: LogGroup): LogGroupOutput {
  return {
    logGroupName: group.name,
    creationTime: Math.floor(group.createdAt),
    ...(group.retentionDays !== null && { retentionInDays: group.retentionDays }),
    metricFilterCount: 0,
    arn: `${group.arn}:*`,
    storedBytes: 0,
    ...(group.kmsKeyId !== null && { kmsKeyId: group.kmsKeyId }),
    logGroupClass: group.class as LogGroupOutput["logGroupClass"],
    logGroupArn: group.arn,
    deletionProtectionEnabled: false,
  };
}

export function describeStream(group: LogGroup, stream: LogStream): LogStreamOutput {
  return {
    logStreamName: stream.name,
    creationTime: Math.floor(stream.createdAt),
    ...(stream.firstEventAt !== null && { firstEventTimestamp: stream.firstEventAt }),
    ...(stream.lastEventAt !== null && { lastEventTimestamp: stream.lastEventAt }),
    ...(stream.lastIngestionAt !== null && { lastIngestionTime: Math.floor(stream.lastIngestionAt) }),
    uploadSequenceToken: sequenceToken,
    arn: `${group.arn}:log-stream:${stream.name}`,
    storedBytes: 0,
  };
}

/** Sequence tokens are given and taken, and mean nothing any more since January 2023. */
export const sequenceToken = "49039859616158580000000000000000000000000000000000000000";
