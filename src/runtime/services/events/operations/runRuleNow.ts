import type { Call } from "../../../kernel/service.ts";
import { validation } from "../errors.ts";
import type { Events } from "../events.ts";

/** Not an operation of AWS's, and not to be had over the wire: one run more of a scheduled rule, when a person in the Studio asks for it. */
export async function runRuleNow(
  events: Events,
  input: { readonly Name: string; readonly EventBusName?: string },
  call: Call,
): Promise<void> {
  const rule = events.rules.get(events.buses.get(call.region, input.EventBusName), input.Name);
  if (rule.schedule === undefined) throw validation(`Rule ${rule.name} has no schedule: put an event that its pattern matches.`);
  const caller = { cause: call.span, actor: call.calledBy, region: call.region, accountId: call.accountId };
  await events.schedules.run(rule.arn, call.now(), 0, caller);
}
