import type { TagResourceInput } from "@aws-sdk/client-kinesis";
import { required } from "../errors.ts";
import type { Kinesis } from "../kinesis.ts";
import { checkTags, taggedAt } from "../tags.ts";

export function tagResource(kinesis: Kinesis, input: TagResourceInput): void {
  const tagged = taggedAt(kinesis, required(input.ResourceARN, "resourceARN"));
  const tags = { ...tagged.tags, ...required(input.Tags, "tags") };
  checkTags(tags);
  tagged.retag(tags);
}
