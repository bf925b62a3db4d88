import type { Call } from "../../../kernel/service.ts";
import type { Scheduler } from "../scheduler.ts";

/** Not an operation of AWS's, and not to be had over the wire: one run more, when a person in the Studio asks for it. */
export async function runScheduleNow(
  scheduler: Scheduler,
  input: { readonly Name: string; readonly GroupName?: string },
  call: Call,
): Promise<void> {
  const schedule = scheduler.schedules.get(call.region, input.GroupName ?? "default", input.Name);
  await scheduler.runs.run(schedule, call.now(), 0, {
    cause: call.span,
    actor: call.calledBy,
    region: call.region,
    accountId: call.accountId,
  });
}
