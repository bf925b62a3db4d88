import type { TagLogGroupRequest, TagResourceRequest } from "@aws-sdk/client-cloudwatch-logs";
import type { Call } from "../../../kernel/service.ts";
import type { Logs } from "../logs.ts";
import { checkGroupName, groupNameOf } from "../names.ts";

/** Also TagLogGroup, its older form. */
export function tagResource(logs: Logs, input: Partial<TagResourceRequest & TagLogGroupRequest>, call: Call): void {
  const group = logs.groups.get(call.region, taggedName(input));
  logs.groups.save({ ...group, tags: { ...group.tags, ...input.tags } });
}

export function taggedName({
  resourceArn,
  logGroupName,
}: {
  readonly resourceArn?: string | undefined;
  readonly logGroupName?: string | undefined;
}): string {
  return resourceArn === undefined ? checkGroupName(logGroupName) : groupNameOf(resourceArn);
}
