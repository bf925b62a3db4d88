import type { RemoveTargetsRequest, RemoveTargetsResponse } from "@aws-sdk/client-eventbridge";
import type { Call } from "../../../kernel/service.ts";
import { constraint } from "../errors.ts";
import type { Events } from "../events.ts";
import { checkName } from "../names.ts";

export function removeTargets(events: Events, input: RemoveTargetsRequest, call: Call): RemoveTargetsResponse {
  const name = checkName(input.Rule, "rule");
  if (input.Ids === undefined) throw constraint(input.Ids, "ids", "Member must not be null");
  const rule = events.rules.get(events.buses.get(call.region, input.EventBusName), name);
  const gone = new Set(input.Ids);
  events.saveRule({ ...rule, targets: rule.targets.filter(({ Id: id }) => !gone.has(id)) });
  const known = new Set(rule.targets.map(({ Id: id }) => id));
  const failed = input.Ids.filter((id) => !known.has(id)).map((id) => ({
    TargetId: id,
    ErrorCode: "ResourceNotFoundException",
    ErrorMessage: `Rule ${name} does not have a target with the Id ${id}.`,
  }));
  return { FailedEntryCount: failed.length, FailedEntries: failed };
}
