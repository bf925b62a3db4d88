import type { DeleteRetentionPolicyRequest } from "@aws-sdk/client-cloudwatch-logs";
import type { Call } from "../../../kernel/service.ts";
import type { Logs } from "../logs.ts";
import { checkGroupName } from "../names.ts";

export function deleteRetentionPolicy(logs: Logs, input: DeleteRetentionPolicyRequest, call: Call): void {
  const group = logs.groups.get(call.region, checkGroupName(input.logGroupName));
  logs.groups.save({ ...group, retentionDays: null });
}
