import type { RemoveTargetsRequest, RemoveTargetsResponse } from "@aws-sdk/client-eventbridge";
import type { Call } from "../../../kernel/service.ts";
import type { Events } from "../events.ts";
import { given } from "../names.ts";

export function removeTargets(events: Events, input: RemoveTargetsRequest, call: Call): RemoveTargetsResponse {
  const name = given(input.Rule, "rule");
  const ids = given(input.Ids, "ids");
  const rule = events.rules.get(events.buses.get(call.region, input.EventBusName), name);
  const gone = new Set(ids);
  events.saveRule({ ...rule, targets: rule.targets.filter(({ Id: id }) => !gone.has(id)) });
  const known = new Set(rule.targets.map(({ Id: id }) => id));
  const failed = ids
    .filter((id) => !known.has(id))
    .map((id) => ({
      TargetId: id,
      ErrorCode: "ResourceNotFoundException",
      ErrorMessage: `Rule ${name} does not have a target with the Id ${id}.`,
    }));
  return { FailedEntryCount: failed.length, FailedEntries: failed };
}
