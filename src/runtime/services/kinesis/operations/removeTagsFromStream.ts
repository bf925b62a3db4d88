import type { RemoveTagsFromStreamInput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../kernel/service.ts";
import { required } from "../errors.ts";
import type { Kinesis } from "../kinesis.ts";
import { streamAt } from "../kinesis.ts";
import { without } from "../tags.ts";

export function removeTagsFromStream(kinesis: Kinesis, input: RemoveTagsFromStreamInput, call: Call): void {
  const stream = streamAt(kinesis, input, call.region);
  stream.change({ tags: without(stream.settings.tags, required(input.TagKeys, "tagKeys")) });
}
