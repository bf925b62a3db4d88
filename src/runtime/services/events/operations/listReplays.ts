import type { ListReplaysRequest, ListReplaysResponse } from "@aws-sdk/client-eventbridge";
import type { Call } from "../../../kernel/service.ts";
import { describeReplay } from "../archive/describe.ts";
import { validation } from "../errors.ts";
import type { Events } from "../events.ts";
import { cut } from "../paging.ts";

export function listReplays(events: Events, input: ListReplaysRequest, call: Call): ListReplaysResponse {
  const { NamePrefix: prefix, EventSourceArn: source, State: wanted } = input;
  if ([prefix, source, wanted].filter((each) => each !== undefined).length > 1)
    throw validation("At most one filter is allowed for ListReplays. Use either : State, EventSourceArn, or NamePrefix.");
  const found = events.replays
    .all(call.region)
    .filter(
      ({ name, archiveArn, state }) =>
        name.startsWith(prefix ?? "") && (source ?? archiveArn) === archiveArn && (wanted ?? state) === state,
    );
  const { page, ...token } = cut(found, input);
  return { Replays: page.map(describeReplay), ...token };
}
