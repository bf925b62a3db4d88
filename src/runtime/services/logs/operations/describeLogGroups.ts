import type { DescribeLogGroupsRequest, DescribeLogGroupsResponse } from "@aws-sdk/client-cloudwatch-logs";
import type { Call } from "../../../kernel/service.ts";
import { invalidParameter } from "../errors.ts";
import { describeGroup } from "../describe.ts";
import type { Logs } from "../logs.ts";
import { groupNameOf } from "../names.ts";
import { cut } from "../paging.ts";

export function describeLogGroups(logs: Logs, input: DescribeLogGroupsRequest, call: Call): DescribeLogGroupsResponse {
  const { logGroupNamePrefix: prefix, logGroupNamePattern: pattern, logGroupIdentifiers: identifiers, logGroupClass } = input;
  if (prefix !== undefined && pattern !== undefined)
    throw invalidParameter("LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
  const names = identifiers?.map(groupNameOf);
  const groups = logs.groups
    .all(call.region)
    .filter(
      (group) =>
        (prefix === undefined || group.name.startsWith(prefix)) &&
        (pattern === undefined || group.name.toLowerCase().includes(pattern.toLowerCase())) &&
        (names === undefined || names.includes(group.name)) &&
        (logGroupClass === undefined || group.class === logGroupClass),
    );
  const { page, nextToken } = cut(groups, input);
  return { logGroups: page.map(describeGroup), nextToken };
}
