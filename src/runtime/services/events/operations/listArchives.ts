import type { ListArchivesRequest, ListArchivesResponse } from "@aws-sdk/client-eventbridge";
import type { Call } from "../../../kernel/service.ts";
import { describeArchive } from "../archive/describe.ts";
import { validation } from "../errors.ts";
import type { Events } from "../events.ts";
import { cut } from "../paging.ts";

export function listArchives(events: Events, input: ListArchivesRequest, call: Call): ListArchivesResponse {
  const { NamePrefix: prefix, EventSourceArn: source, State: state } = input;
  if ([prefix, source, state].filter((each) => each !== undefined).length > 1)
    throw validation("At most one filter is allowed for ListArchives. Use either : State, EventSourceArn, or NamePrefix.");
  if (source !== undefined) events.buses.get(call.region, source);
  const found = events.archives
    .all(call.region)
    .filter(
      ({ name, sourceArn }) => name.startsWith(prefix ?? "") && (source ?? sourceArn) === sourceArn && (state ?? "ENABLED") === "ENABLED",
    );
  const { page, ...token } = cut(found, input);
  return { Archives: page.map((archive) => describeArchive(archive, events.archives.count(archive))), ...token };
}
