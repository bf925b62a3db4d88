import type { UntagLogGroupRequest, UntagResourceRequest } from "@aws-sdk/client-cloudwatch-logs";
import type { Call } from "../../../kernel/service.ts";
import type { Logs } from "../logs.ts";
import { taggedName } from "./tagResource.ts";

/** Also UntagLogGroup, its older form. */
export function untagResource(logs: Logs, input: Partial<UntagResourceRequest & UntagLogGroupRequest>, call: Call): void {
  const group = logs.groups.get(call.region, taggedName(input));
  const gone = input.tagKeys ?? input.tags ?? [];
  logs.groups.save({ ...group, tags: Object.fromEntries(Object.entries(group.tags).filter(([key]) => !gone.includes(key))) });
}
