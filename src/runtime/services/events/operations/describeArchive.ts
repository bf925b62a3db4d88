import type { DescribeArchiveRequest, DescribeArchiveResponse } from "@aws-sdk/client-eventbridge";
import type { Call } from "../../../kernel/service.ts";
import { describeArchive as describe } from "../archive/describe.ts";
import type { Events } from "../events.ts";
import { given } from "../names.ts";

export function describeArchive(events: Events, input: DescribeArchiveRequest, call: Call): DescribeArchiveResponse {
  const archive = events.archives.get(call.region, given(input.ArchiveName, "archiveName"));
  return {
    ArchiveArn: archive.arn,
    ...describe(archive, events.archives.count(archive)),
    ...(archive.description !== undefined && { Description: archive.description }),
    ...(archive.pattern !== undefined && { EventPattern: archive.pattern }),
    ...(archive.kmsKeyIdentifier !== undefined && { KmsKeyIdentifier: archive.kmsKeyIdentifier }),
  };
}
