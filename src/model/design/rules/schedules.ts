import type { Json } from "../../json.ts";
import { isJsonObject } from "../../json.ts";
import { eventsLimits } from "../../limits/events.ts";
import type { TemplatePath } from "../design.ts";
import { at, listOf, textOf, type ResourceView } from "../view.ts";
import type { CheckInput, Finding } from "./report.ts";
import { words, type Words } from "../../words.ts";

/** When rules and schedules fire, and at how many. */
export function checkSchedules({ view, report }: CheckInput): void {
  for (const resource of view.resources.values()) {
    for (const { value, path, takesAt } of expressionsOf(resource)) {
      const found = textOf(value) === undefined ? undefined : faultOf(String(value).trim(), takesAt);
      if (!found) continue;
      const fix: Pick<Finding, "fix"> =
        found.instead === undefined
          ? {}
          : {
              fix: {
                title: words("Set it to {{value}}", { value: found.instead }),
                command: { type: "setProperty", id: resource.id, path: path.slice(2).join("."), value: found.instead },
              },
            };
      report({
        severity: "error",
        rule: "design.schedule",
        message: words("{{value}} of {{resource}}: {{fault}}", { value: String(value), resource: resource.id, fault: found.words }),
        path,
        ...fix,
      });
    }
    if (resource.type === "AWS::Events::Rule") checkRule(resource, report);
  }
}

function checkRule(rule: ResourceView, report: CheckInput["report"]): void {
  const { properties, id, path } = rule;
  if (properties["EventPattern"] === undefined && properties["ScheduleExpression"] === undefined) {
    const message = words("{{id}} needs an EventPattern or a ScheduleExpression: without them it never fires, and AWS refuses it.", { id });
    report({ severity: "error", rule: "design.rule-without-events", message, path });
  }
  const targets = listOf(properties["Targets"]).length;
  const most = eventsLimits.targetsPerRule.value;
  if (targets > most) {
    const message = words("{{id}} has {{targets}} targets; AWS allows {{most}} for one rule. Add a second rule with the same pattern.", {
      id,
      targets,
      most,
    });
    report({ severity: "error", rule: "design.too-many", message, path: [...path, "Properties", "Targets"], part: "key" });
  }
}

interface Expression {
  readonly value: Json | undefined;
  readonly path: TemplatePath;
  /** EventBridge Scheduler's may also name one moment. */
  readonly takesAt: boolean;
}

function expressionsOf({ type, properties, path }: ResourceView): Expression[] {
  const own = [...path, "Properties", "ScheduleExpression"];
  if (type === "AWS::Events::Rule") return [{ value: properties["ScheduleExpression"], path: own, takesAt: false }];
  if (type === "AWS::Scheduler::Schedule") return [{ value: properties["ScheduleExpression"], path: own, takesAt: true }];
  if (type !== "AWS::Serverless::Function" && type !== "AWS::Serverless::StateMachine") return [];
  const events = properties["Events"];
  return Object.entries(isJsonObject(events) ? events : {}).flatMap(([name, event]) => {
    const kind = at(event, "Type");
    const key = kind === "Schedule" ? "Schedule" : kind === "ScheduleV2" ? "ScheduleExpression" : undefined;
    if (key === undefined) return [];
    return [
      {
        value: at(event, "Properties", key),
        path: [...path, "Properties", "Events", name, "Properties", key],
        takesAt: key === "ScheduleExpression",
      },
    ];
  });
}

function faultOf(text: string, takesAt: boolean): { words: Words; instead?: string } | undefined {
  const [, kind, inside = ""] = /^(\w+)\s*\((.*)\)$/.exec(text) ?? [];
  if (kind === "rate") return faultOfRate(inside.trim());
  if (kind === "cron") return faultOfCron(inside.trim());
  if (kind === "at" && takesAt) {
    return /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(inside.trim())
      ? undefined
      : { words: words("a moment is written as at(2026-12-31T23:59:00).") };
  }
  return {
    words: takesAt
      ? words("it must be rate(…), cron(…) or at(…), such as rate(5 minutes) or cron(0 12 * * ? *).")
      : words("it must be rate(…) or cron(…), such as rate(5 minutes) or cron(0 12 * * ? *)."),
  };
}

function faultOfRate(inside: string): { words: Words; instead?: string } | undefined {
  const [, count = "", unit = ""] = /^(\d+)\s+(\w+)$/.exec(inside) ?? [];
  const base = /^(minute|hour|day)s?$/.exec(unit)?.[1];
  if (base === undefined || Number(count) < 1)
    return { words: words("a rate is a whole number and minutes, hours or days, such as rate(5 minutes).") };
  const wanted = Number(count) === 1 ? base : `${base}s`;
  return unit === wanted
    ? undefined
    : { words: words("after {{count}} AWS wants {{wanted}}.", { count, wanted }), instead: `rate(${count} ${wanted})` };
}

function faultOfCron(inside: string): { words: Words } | undefined {
  const fields = inside.split(/\s+/);
  if (fields.length !== 6)
    return {
      words: words(
        "cron takes six fields (minute, hour, day of month, month, day of week, year), not {{count}}: such as cron(0 12 * * ? *).",
        { count: fields.length },
      ),
    };
  const [, , dayOfMonth, , dayOfWeek] = fields;
  if (dayOfMonth !== "?" && dayOfWeek !== "?")
    return { words: words("one of day of month and day of week must be ?, because AWS takes only one of them.") };
  return undefined;
}
