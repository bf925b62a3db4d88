import type { DisableRuleRequest } from "@aws-sdk/client-eventbridge";
import type { Call } from "../../../kernel/service.ts";
import type { Events } from "../events.ts";
import { given } from "../names.ts";

export function disableRule(events: Events, input: DisableRuleRequest, call: Call): void {
  const name = given(input.Name, "name");
  const rule = events.rules.get(events.buses.get(call.region, input.EventBusName), name);
  if (rule.state === "DISABLED") return;
  events.saveRule({ ...rule, state: "DISABLED", scheduledFrom: call.now() });
  call.effect({ action: "update", resource: events.rules.ref(rule), key: name, before: rule.state, after: "DISABLED" });
}
