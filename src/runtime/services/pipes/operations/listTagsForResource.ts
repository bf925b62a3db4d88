import type { ListTagsForResourceRequest, ListTagsForResourceResponse } from "@aws-sdk/client-pipes";
import { taggedPipe } from "../tags.ts";
import type { Pipes } from "../pipes.ts";

export function listTagsForResource(pipes: Pipes, input: ListTagsForResourceRequest): ListTagsForResourceResponse {
  return { tags: { ...taggedPipe(pipes, input.resourceArn).tags } };
}
