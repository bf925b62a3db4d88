import type { Tag } from "@aws-sdk/client-sns";
import { snsLimits } from "../../../model/limits/sns.ts";
import { AwsError } from "../../kernel/awsError.ts";
import { invalidParameter } from "./errors.ts";

export function tagsOf(tags: readonly Tag[]): { [key: string]: string } {
  if (new Set(tags.map(({ Key }) => Key)).size < tags.length) throw invalidParameter("Duplicated keys are not allowed.");
  return Object.fromEntries(tags.map(({ Key = "", Value = "" }) => [Key, Value]));
}

export function checkTags(tags: { readonly [key: string]: string }): void {
  const keys = Object.keys(tags);
  if (keys.length > snsLimits.tags.value)
    throw new AwsError("TagLimitExceeded", "Could not complete request: tag quota of per resource exceeded");
  for (const key of keys) {
    if (key === "" || key.length > 128) throw invalidParameter("Tags Reason: a tag key must be 1 to 128 characters long");
    if (/^aws:/i.test(key)) throw invalidParameter("Tags Reason: a tag key must not begin with aws:");
    if ((tags[key] ?? "").length > 256) throw invalidParameter("Tags Reason: a tag value must be 256 characters at most");
  }
}
