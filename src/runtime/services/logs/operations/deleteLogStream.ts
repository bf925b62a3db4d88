import type { DeleteLogStreamRequest } from "@aws-sdk/client-cloudwatch-logs";
import type { Call } from "../../../kernel/service.ts";
import type { Logs } from "../logs.ts";
import { checkGroupName, checkStreamName } from "../names.ts";

export function deleteLogStream(logs: Logs, input: DeleteLogStreamRequest, call: Call): void {
  const name = checkStreamName(input.logStreamName);
  const group = logs.groups.get(call.region, checkGroupName(input.logGroupName));
  logs.groups.deleteStream(logs.groups.stream(group, name));
  call.effect({ action: "delete", resource: logs.groups.ref(group), key: name });
}
