import type { ListTagsForResourceInput, ListTagsForResourceOutput } from "@aws-sdk/client-kinesis";
import { required } from "../errors.ts";
import type { Kinesis } from "../kinesis.ts";
import { taggedAt } from "../tags.ts";

export function listTagsForResource(kinesis: Kinesis, input: ListTagsForResourceInput): ListTagsForResourceOutput {
  const { tags } = taggedAt(kinesis, required(input.ResourceARN, "resourceARN"));
  return { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
}
