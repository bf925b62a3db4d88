// What PutEvents takes, checked entry by entry with AWS's codes: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsResultEntry.html
import type { PutEventsRequestEntry } from "@aws-sdk/client-eventbridge";
import { isJsonObject, type JsonObject } from "../../../model/json.ts";
import { eventsLimits } from "../../../model/limits/events.ts";
import { validation } from "./errors.ts";

export interface EntryFault {
  readonly ErrorCode: string;
  readonly ErrorMessage: string;
}

export interface Entry {
  readonly source: string;
  readonly detailType: string;
  readonly detail: JsonObject;
}

export function checkEntries(entries: readonly PutEventsRequestEntry[]): void {
  if (entries.reduce((sum, entry) => sum + bytesOf(entry), 0) > eventsLimits.requestBytes.value)
    throw validation("Total size of the entries in the request is over the limit.");
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html#eb-putevent-size */
function bytesOf({
  Time: time,
  Source: source,
  DetailType: detailType,
  Detail: detail,
  Resources: resources = [],
}: PutEventsRequestEntry): number {
  const texts = [source, detailType, detail, ...resources];
  return (time === undefined ? 0 : 14) + texts.reduce((sum, text) => sum + Buffer.byteLength(text ?? ""), 0);
}

/** `isFromService`: services of AWS may say that they are the source. */
export function readEntry(entry: PutEventsRequestEntry, isFromService: boolean): Entry | EntryFault {
  const { Source: source, DetailType: detailType, Detail: detail } = entry;
  for (const name of ["Source", "DetailType", "Detail"] as const)
    if ((entry[name] ?? "") === "") return invalid(name, `${name} is a required argument.`);
  if (source === undefined || detailType === undefined || detail === undefined) return invalid("Detail", "Detail is a required argument.");
  if (!isFromService && /^aws\./i.test(source))
    return { ErrorCode: "NotAuthorizedForSourceException", ErrorMessage: "Not authorized for the source." };
  if (source.length > 256) return invalid("Source", "Source must be at most 256 characters long.");
  if (detailType.length > 128) return invalid("DetailType", "DetailType must be at most 128 characters long.");
  const json = jsonObjectIn(detail);
  if (json === undefined) return { ErrorCode: "MalformedDetail", ErrorMessage: "Detail is malformed." };
  return { source, detailType, detail: json };
}

function invalid(parameter: string, reason: string): EntryFault {
  return { ErrorCode: "InvalidArgument", ErrorMessage: `Parameter ${parameter} is not valid. Reason: ${reason}` };
}

function jsonObjectIn(text: string): JsonObject | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return isJsonObject(json) ? json : undefined;
  } catch {
    return undefined;
  }
}
