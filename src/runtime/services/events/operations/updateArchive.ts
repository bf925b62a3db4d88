import type { UpdateArchiveRequest, UpdateArchiveResponse } from "@aws-sdk/client-eventbridge";
import type { Call } from "../../../kernel/service.ts";
import type { Events } from "../events.ts";
import { given } from "../names.ts";
import { checkPattern } from "./putRule.ts";

export function updateArchive(events: Events, input: UpdateArchiveRequest, call: Call): UpdateArchiveResponse {
  const before = events.archives.get(call.region, given(input.ArchiveName, "archiveName"));
  if (input.EventPattern !== undefined) checkPattern(input.EventPattern);
  events.archives.save({
    ...before,
    ...(input.Description !== undefined && { description: input.Description }),
    ...(input.EventPattern !== undefined && { pattern: input.EventPattern }),
    retentionDays: input.RetentionDays ?? before.retentionDays,
  });
  return { ArchiveArn: before.arn, State: "ENABLED", CreationTime: new Date(before.createdAt) };
}
