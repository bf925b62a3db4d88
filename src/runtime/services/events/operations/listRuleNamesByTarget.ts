import type { ListRuleNamesByTargetRequest, ListRuleNamesByTargetResponse } from "@aws-sdk/client-eventbridge";
import type { Call } from "../../../kernel/service.ts";
import type { Events } from "../events.ts";
import { given } from "../names.ts";
import { cut } from "../paging.ts";

export function listRuleNamesByTarget(events: Events, input: ListRuleNamesByTargetRequest, call: Call): ListRuleNamesByTargetResponse {
  const arn = given(input.TargetArn, "targetArn");
  const bus = events.buses.get(call.region, input.EventBusName);
  const found = events.rules.of(bus).filter(({ targets }) => targets.some((target) => target.Arn === arn));
  const { page, ...token } = cut(found, input);
  return { RuleNames: page.map(({ name }) => name), ...token };
}
