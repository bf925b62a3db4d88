import type { RemovePermissionRequest } from "@aws-sdk/client-eventbridge";
import type { Call } from "../../../kernel/service.ts";
import { notFound } from "../errors.ts";
import type { Events } from "../events.ts";

export function removePermission(events: Events, input: RemovePermissionRequest, call: Call): void {
  const bus = events.buses.get(call.region, input.EventBusName);
  if (input.RemoveAllPermissions === true) return events.buses.save({ ...bus, policy: [], modifiedAt: call.now() });
  const kept = bus.policy.filter(({ Sid: sid }) => sid !== input.StatementId);
  if (kept.length === bus.policy.length) throw notFound("Statement with the provided id does not exist.");
  events.buses.save({ ...bus, policy: kept, modifiedAt: call.now() });
}
