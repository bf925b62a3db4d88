import type { DescribeRuleRequest, DescribeRuleResponse } from "@aws-sdk/client-eventbridge";
import type { Call } from "../../../kernel/service.ts";
import { describeRule as describe } from "../describe.ts";
import type { Events } from "../events.ts";
import { given } from "../names.ts";

export function describeRule(events: Events, input: DescribeRuleRequest, call: Call): DescribeRuleResponse {
  const name = given(input.Name, "name");
  const rule = events.rules.get(events.buses.get(call.region, input.EventBusName), name);
  return { ...describe(rule), CreatedBy: call.accountId };
}
