import type { Json } from "../../../../model/json.ts";
import type { Call } from "../../../kernel/service.ts";
import { isJsonObject } from "../../../../model/json.ts";

/** Brings a resource's tags from what the template said before to what it says now. */
export async function updateTags(arn: string, tags: Json | undefined, before: Json | undefined, call: Call): Promise<void> {
  const keys = new Set(keysOf(tags));
  const gone = keysOf(before).filter((key) => !keys.has(key));
  if (gone.length > 0) await call.invoke("events", "UntagResource", { ResourceARN: arn, TagKeys: gone });
  if (keys.size > 0) await call.invoke("events", "TagResource", { ResourceARN: arn, Tags: tags });
}

function keysOf(tags: Json | undefined): string[] {
  return Array.isArray(tags) ? tags.flatMap((tag) => (isJsonObject(tag) ? [String(tag["Key"])] : [])) : [];
}
