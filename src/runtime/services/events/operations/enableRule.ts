import type { EnableRuleRequest } from "@aws-sdk/client-eventbridge";
import type { Call } from "../../../kernel/service.ts";
import type { Events } from "../events.ts";
import { given } from "../names.ts";

export function enableRule(events: Events, input: EnableRuleRequest, call: Call): void {
  const name = given(input.Name, "name");
  const rule = events.rules.get(events.buses.get(call.region, input.EventBusName), name);
  if (rule.state === "ENABLED") return;
  events.saveRule({ ...rule, state: "ENABLED", scheduledFrom: call.now() });
  call.effect({ action: "update", resource: events.rules.ref(rule), key: name, before: rule.state, after: "ENABLED" });
}
