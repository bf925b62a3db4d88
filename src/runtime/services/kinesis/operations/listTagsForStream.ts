import type { ListTagsForStreamInput, ListTagsForStreamOutput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../kernel/service.ts";
import type { Kinesis } from "../kinesis.ts";
import { streamAt } from "../kinesis.ts";

export function listTagsForStream(kinesis: Kinesis, input: ListTagsForStreamInput, call: Call): ListTagsForStreamOutput {
  const stream = streamAt(kinesis, input, call.region);
  const limit = input.Limit ?? 50;
  const after = input.ExclusiveStartTagKey ?? "";
  const tags = Object.entries(stream.settings.tags)
    .filter(([key]) => key > after)
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return { Tags: tags.slice(0, limit).map(([Key, Value]) => ({ Key, Value })), HasMoreTags: tags.length > limit };
}
