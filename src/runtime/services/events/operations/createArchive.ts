import type { CreateArchiveRequest, CreateArchiveResponse } from "@aws-sdk/client-eventbridge";
import { readArn } from "../../../../model/eventBridge/targetCall.ts";
import type { Call } from "../../../kernel/service.ts";
import { alreadyExists, constraint } from "../errors.ts";
import type { Events } from "../events.ts";
import { checkName } from "../names.ts";
import { checkPattern } from "./putRule.ts";

export function createArchive(events: Events, input: CreateArchiveRequest, call: Call): CreateArchiveResponse {
  const name = checkName(input.ArchiveName, "archiveName");
  const { EventSourceArn: sourceArn, EventPattern: pattern, RetentionDays: days = 0 } = input;
  if (sourceArn === undefined || readArn(sourceArn)?.service !== "events")
    throw constraint(sourceArn, "eventSourceArn", "Member must satisfy regular expression pattern: arn:aws([a-z]|\\-)*:events:.+");
  if (days < 0) throw constraint(days, "retentionDays", "Member must have value greater than or equal to 0");
  if (pattern !== undefined) checkPattern(pattern);
  const bus = events.buses.get(call.region, sourceArn);
  if (events.archives.find(call.region, name) !== undefined) throw alreadyExists(`Archive ${name} already exists.`);
  const archive = {
    region: call.region,
    name,
    arn: events.archives.arn(call.region, name),
    sourceArn,
    bus: bus.name,
    ...(input.Description !== undefined && { description: input.Description }),
    ...(pattern !== undefined && { pattern }),
    ...(input.KmsKeyIdentifier !== undefined && { kmsKeyIdentifier: input.KmsKeyIdentifier }),
    retentionDays: days,
    createdAt: call.now(),
  };
  events.archives.save(archive);
  events.hear(call.region);
  return { ArchiveArn: archive.arn, State: "ENABLED", CreationTime: new Date(archive.createdAt) };
}
