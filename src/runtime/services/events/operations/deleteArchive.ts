import type { DeleteArchiveRequest } from "@aws-sdk/client-eventbridge";
import type { Call } from "../../../kernel/service.ts";
import type { Events } from "../events.ts";
import { given } from "../names.ts";

export function deleteArchive(events: Events, input: DeleteArchiveRequest, call: Call): void {
  events.archives.delete(events.archives.get(call.region, given(input.ArchiveName, "archiveName")));
  events.hear(call.region);
}
