import type { ListTargetsByRuleRequest, ListTargetsByRuleResponse } from "@aws-sdk/client-eventbridge";
import type { Call } from "../../../kernel/service.ts";
import type { Events } from "../events.ts";
import { given } from "../names.ts";
import { cut } from "../paging.ts";

export function listTargetsByRule(events: Events, input: ListTargetsByRuleRequest, call: Call): ListTargetsByRuleResponse {
  const name = given(input.Rule, "rule");
  const rule = events.rules.get(events.buses.get(call.region, input.EventBusName), name);
  const { page, ...token } = cut(rule.targets, input);
  return { Targets: [...page], ...token };
}
