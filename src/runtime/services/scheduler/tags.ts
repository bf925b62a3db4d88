import type { Tag } from "@aws-sdk/client-scheduler";
import { notFound } from "./errors.ts";
import type { Scheduler } from "./scheduler.ts";
import type { Group } from "./schedules.ts";

export function tagMap(tags: readonly Tag[] | undefined): Record<string, string> {
  return Object.fromEntries((tags ?? []).flatMap(({ Key: key, Value: value }) => (key === undefined ? [] : [[key, value ?? ""]])));
}

/** Only groups have tags. */
export function taggedGroup(scheduler: Scheduler, given: string | undefined): Group {
  const arn = given ?? "";
  const [, , , region = "", , resource = ""] = arn.split(":");
  const [, name] = /^schedule-group\/(.+)$/.exec(resource) ?? [];
  const group = name === undefined ? undefined : scheduler.schedules.findGroup(region, name);
  if (group === undefined) throw notFound(`Schedule group ${name ?? arn} does not exist.`);
  return group;
}
