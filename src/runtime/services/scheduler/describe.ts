import type { ScheduleGroupSummary, ScheduleSummary } from "@aws-sdk/client-scheduler";
import type { Group, Schedule } from "./schedules.ts";
import { validation } from "./errors.ts";

// Schedules and groups as the API shows them.

export function describeGroup(group: Group): ScheduleGroupSummary {
  return {
    Arn: group.arn,
    Name: group.name,
    State: "ACTIVE",
    CreationDate: new Date(group.createdAt),
    LastModificationDate: new Date(group.modifiedAt),
  };
}

export function summary(schedule: Schedule): ScheduleSummary {
  return {
    Arn: schedule.arn,
    Name: schedule.name,
    GroupName: schedule.group,
    State: schedule.state,
    CreationDate: new Date(schedule.createdAt),
    LastModificationDate: new Date(schedule.modifiedAt),
    Target: { Arn: schedule.target.Arn },
  };
}

const mostListed = 100;

/** A page of a list; the token is an offset, sealed in base64 so that nobody counts on it. */
export function cut<Item>(
  items: readonly Item[],
  {
    MaxResults: limit = mostListed,
    NextToken: token,
  }: { readonly MaxResults?: number | undefined; readonly NextToken?: string | undefined },
): { readonly page: readonly Item[]; readonly NextToken?: string } {
  const offset = token === undefined ? 0 : Number(/^from:(\d+)$/.exec(Buffer.from(token, "base64url").toString("utf8"))?.[1]);
  if (Number.isNaN(offset)) throw validation("Invalid NextToken.");
  const end = offset + Math.min(Math.max(limit, 1), mostListed);
  return { page: items.slice(offset, end), ...(end < items.length && { NextToken: Buffer.from(`from:${end}`).toString("base64url") }) };
}
