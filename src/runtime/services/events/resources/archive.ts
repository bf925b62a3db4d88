import type { CreateArchiveResponse } from "@aws-sdk/client-eventbridge";
import { physicalName } from "../../../kernel/physicalName.ts";
import type { Deployed, ResourceProvider, StackResource } from "../../../kernel/service.ts";
import { isChanged, unlessGone } from "./unlessGone.ts";

/** AWS::Events::Archive: Ref gives the name. */
export const archiveProvider: ResourceProvider = {
  async create(resource, call) {
    const { ArchiveName: given, SourceArn: source } = resource.properties;
    const name = typeof given === "string" ? given : physicalName(resource, call.kernel.ids, 48);
    const answer = await call.invoke<CreateArchiveResponse>("events", "CreateArchive", {
      ArchiveName: name,
      EventSourceArn: source,
      ...settingsOf(resource),
    });
    return described(name, answer.ArchiveArn ?? "");
  },
  async update(resource, previous, call) {
    if (isChanged(resource.properties, previous.properties, ["ArchiveName", "SourceArn"])) return "replace";
    const name = previous.physicalId;
    const answer = await call.invoke<CreateArchiveResponse>("events", "UpdateArchive", { ArchiveName: name, ...settingsOf(resource) });
    return described(name, answer.ArchiveArn ?? "");
  },
  async delete(previous, call) {
    await unlessGone(call.invoke("events", "DeleteArchive", { ArchiveName: previous.physicalId }));
  },
};

function settingsOf({ properties }: StackResource) {
  const { Description, EventPattern: pattern, RetentionDays: days, KmsKeyIdentifier } = properties;
  return {
    Description,
    KmsKeyIdentifier,
    EventPattern: pattern === undefined || typeof pattern === "string" ? pattern : JSON.stringify(pattern),
    ...(days !== undefined && { RetentionDays: Number(days) }),
  };
}

function described(name: string, arn: string): Deployed {
  return { physicalId: name, attributes: { Arn: arn, ArchiveName: name } };
}
