import type { Inspection, InspectQuery } from "../../../model/run.ts";
import { AwsError } from "../../kernel/awsError.ts";
import { upcoming } from "./runs.ts";
import type { Scheduler } from "./scheduler.ts";

const columns: Inspection["columns"] = [
  { key: "at", title: "Run", kind: "time" },
  { key: "local", title: "Local time", kind: "text" },
  { key: "expression", title: "Schedule", kind: "code" },
  { key: "target", title: "Target", kind: "code" },
];

/** View `runs`: the next runs of a schedule, with the local time in its zone. */
export function inspectRuns(scheduler: Scheduler, name: string, region: string, query: InspectQuery): Inspection {
  if (query.view !== "runs") throw new AwsError("ValidationException", `Scheduler has no view "${query.view}"; it has: runs.`);
  const [group = "default", ...rest] = name.split("/");
  const schedule = scheduler.schedules.get(region, group, rest.join("/"));
  const runs = upcoming(schedule, scheduler.environment.kernel.clock.now(), Math.min(query.limit, 20));
  return {
    columns,
    rows: runs.map((at) => ({
      id: String(at),
      cells: {
        at,
        local: `${new Date(at).toLocaleString("sv-SE", { timeZone: schedule.timeZone })} ${schedule.timeZone}`,
        expression: schedule.expression,
        target: schedule.target.Arn,
      },
      detail: { at: new Date(at).toISOString(), schedule: schedule.arn, target: schedule.target.Arn, input: schedule.target.Input ?? null },
    })),
    total: runs.length,
  };
}
