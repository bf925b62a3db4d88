import type { ListRuleNamesByTargetRequest, ListRuleNamesByTargetResponse } from "@aws-sdk/client-eventbridge";
import type { Call } from "../../../kernel/service.ts";
import { constraint } from "../errors.ts";
import type { Events } from "../events.ts";
import { cut } from "../paging.ts";

export function listRuleNamesByTarget(events: Events, input: ListRuleNamesByTargetRequest, call: Call): ListRuleNamesByTargetResponse {
  if (input.TargetArn === undefined) throw constraint(input.TargetArn, "targetArn", "Member must not be null");
  const bus = events.buses.get(call.region, input.EventBusName);
  const found = events.rules.of(bus).filter(({ targets }) => targets.some(({ Arn: arn }) => arn === input.TargetArn));
  const { page, ...token } = cut(found, input);
  return { RuleNames: page.map(({ name }) => name), ...token };
}
