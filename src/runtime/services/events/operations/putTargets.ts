import type { PutTargetsRequest, PutTargetsResponse, Target } from "@aws-sdk/client-eventbridge";
import { eventsLimits } from "../../../../model/limits/events.ts";
import { AwsError } from "../../../kernel/awsError.ts";
import type { Call } from "../../../kernel/service.ts";
import { checkTarget } from "../checkTarget.ts";
import { constraint } from "../errors.ts";
import type { Events } from "../events.ts";
import { checkName } from "../names.ts";
import type { RuleTarget } from "../rules.ts";

/** Adds targets, or replaces those of the same Id. */
export function putTargets(events: Events, input: PutTargetsRequest, call: Call): PutTargetsResponse {
  const name = checkName(input.Rule, "rule");
  const given = checkTargets(input.Targets);
  const rule = events.rules.get(events.buses.get(call.region, input.EventBusName), name);
  const added = given.map((target) => checkTarget(target, rule));
  const ids = new Set(added.map(({ Id: id }) => id));
  const targets: readonly RuleTarget[] = [...rule.targets.filter(({ Id: id }) => !ids.has(id)), ...added];
  if (targets.length > eventsLimits.targetsPerRule.value)
    throw new AwsError("LimitExceededException", "The requested resource exceeds the maximum number allowed.");
  events.saveRule({ ...rule, targets });
  call.effect({
    action: "update",
    resource: events.rules.ref(rule),
    key: name,
    after: targets.map(({ Id: id, Arn: arn }) => ({ Id: id, Arn: arn })),
  });
  return { FailedEntryCount: 0, FailedEntries: [] };
}

function checkTargets(targets: readonly Target[] | undefined): readonly Target[] {
  if (targets === undefined) throw constraint(targets, "targets", "Member must not be null");
  if (targets.length === 0) throw constraint(targets, "targets", "Member must have length greater than or equal to 1");
  if (targets.length > 100) throw constraint(targets, "targets", "Member must have length less than or equal to 100");
  return targets;
}
