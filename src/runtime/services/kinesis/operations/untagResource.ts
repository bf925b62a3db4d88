import type { UntagResourceInput } from "@aws-sdk/client-kinesis";
import { required } from "../errors.ts";
import type { Kinesis } from "../kinesis.ts";
import { taggedAt, without } from "../tags.ts";

export function untagResource(kinesis: Kinesis, input: UntagResourceInput): void {
  const tagged = taggedAt(kinesis, required(input.ResourceARN, "resourceARN"));
  tagged.retag(without(tagged.tags, required(input.TagKeys, "tagKeys")));
}
