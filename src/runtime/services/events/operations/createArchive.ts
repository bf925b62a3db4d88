import type { CreateArchiveRequest, CreateArchiveResponse } from "@aws-sdk/client-eventbridge";
import type { Call } from "../../../kernel/service.ts";
import { alreadyExists } from "../errors.ts";
import type { Events } from "../events.ts";
import { given } from "../names.ts";
import { checkPattern } from "./putRule.ts";

export function createArchive(events: Events, input: CreateArchiveRequest, call: Call): CreateArchiveResponse {
  const name = given(input.ArchiveName, "archiveName");
  const { EventPattern: pattern, RetentionDays: days = 0 } = input;
  const sourceArn = given(input.EventSourceArn, "eventSourceArn");
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
