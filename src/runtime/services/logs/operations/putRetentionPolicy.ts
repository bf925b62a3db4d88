import type { PutRetentionPolicyRequest } from "@aws-sdk/client-cloudwatch-logs";
import { retentionDays } from "../../../../model/limits/logs.ts";
import type { Call } from "../../../kernel/service.ts";
import { constraint, invalidParameter } from "../errors.ts";
import type { Logs } from "../logs.ts";
import { checkGroupName } from "../names.ts";

export function putRetentionPolicy(logs: Logs, input: PutRetentionPolicyRequest, call: Call): void {
  const name = checkGroupName(input.logGroupName);
  const days = input.retentionInDays;
  if (days === undefined) throw constraint(days, "retentionInDays", "Member must not be null");
  if (!retentionDays.includes(days)) throw invalidParameter(`Invalid retention value. Valid values are: [${retentionDays.join(", ")}]`);
  const group = logs.groups.get(call.region, name);
  logs.groups.save({ ...group, retentionDays: days });
  const resource = logs.groups.ref(group);
  call.effect({
    action: "update",
    resource,
    key: name,
    before: { retentionInDays: group.retentionDays },
    after: { retentionInDays: days },
  });
}
