import { isJsonObject } from "../../../../model/json.ts";
import type { Call } from "../../../kernel/service.ts";
import type { Delivery } from "../deliveries.ts";
import type { Events } from "../events.ts";

/** A log stream of its own for each delivery, as on AWS. A transformer's `{timestamp, message}` says what is written. */
export async function writeLog(_events: Events, { target, input, event, id }: Delivery, call: Call): Promise<unknown> {
  const logGroupName = /:log-group:([^:]+)/.exec(target.Arn)?.[1] ?? "";
  await call.invoke("logs", "CreateLogStream", { logGroupName, logStreamName: id });
  const shaped: unknown = target.InputTransformer === undefined ? undefined : JSON.parse(input);
  const isShaped = isJsonObject(shaped) && typeof shaped["message"] === "string" && typeof shaped["timestamp"] === "number";
  const logEvent = isShaped
    ? { timestamp: Number(shaped["timestamp"]), message: String(shaped["message"]) }
    : { timestamp: Date.parse(event.time), message: input };
  return await call.invoke("logs", "PutLogEvents", { logGroupName, logStreamName: id, logEvents: [logEvent] });
}
