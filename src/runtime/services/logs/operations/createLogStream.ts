import type { CreateLogStreamRequest } from "@aws-sdk/client-cloudwatch-logs";
import type { Call } from "../../../kernel/service.ts";
import type { Logs } from "../logs.ts";
import { checkGroupName, checkStreamName } from "../names.ts";

export function createLogStream(logs: Logs, input: CreateLogStreamRequest, call: Call): void {
  const name = checkStreamName(input.logStreamName);
  const group = logs.groups.get(call.region, checkGroupName(input.logGroupName));
  logs.groups.createStream(group, name, call.now());
  call.effect({ action: "create", resource: logs.groups.ref(group), key: name });
}
