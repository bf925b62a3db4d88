import type { ListRulesRequest, ListRulesResponse } from "@aws-sdk/client-eventbridge";
import type { Call } from "../../../kernel/service.ts";
import { describeRule } from "../describe.ts";
import type { Events } from "../events.ts";
import { cut } from "../paging.ts";

export function listRules(events: Events, input: ListRulesRequest, call: Call): ListRulesResponse {
  const bus = events.buses.get(call.region, input.EventBusName);
  const named = events.rules.of(bus).filter(({ name }) => name.startsWith(input.NamePrefix ?? ""));
  const { page, ...token } = cut(named, input);
  return { Rules: page.map(describeRule), ...token };
}
