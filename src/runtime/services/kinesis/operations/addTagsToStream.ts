import type { AddTagsToStreamInput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../kernel/service.ts";
import { required } from "../errors.ts";
import type { Kinesis } from "../kinesis.ts";
import { streamAt } from "../kinesis.ts";
import { checkTags } from "../tags.ts";

export function addTagsToStream(kinesis: Kinesis, input: AddTagsToStreamInput, call: Call): void {
  const stream = streamAt(kinesis, input, call.region);
  const tags = { ...stream.settings.tags, ...required(input.Tags, "tags") };
  checkTags(tags);
  stream.change({ tags });
}
