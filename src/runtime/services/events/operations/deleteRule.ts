import type { DeleteRuleRequest } from "@aws-sdk/client-eventbridge";
import type { Call } from "../../../kernel/service.ts";
import { validation } from "../errors.ts";
import type { Events } from "../events.ts";
import { given } from "../names.ts";

/** A rule that is not there is deleted already. */
export function deleteRule(events: Events, input: DeleteRuleRequest, call: Call): void {
  const name = given(input.Name, "name");
  const bus = events.buses.get(call.region, input.EventBusName);
  const rule = events.rules.find(bus, name);
  if (rule === undefined) return;
  if (rule.targets.length > 0) throw validation("Rule can't be deleted since it has targets.");
  call.effect({ action: "delete", resource: events.rules.ref(rule), key: name });
  events.deleteRule(rule);
}
