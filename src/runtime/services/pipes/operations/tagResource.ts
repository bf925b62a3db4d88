import type { TagResourceRequest } from "@aws-sdk/client-pipes";
import { taggedPipe } from "../tags.ts";
import type { Pipes } from "../pipes.ts";

export function tagResource(pipes: Pipes, input: TagResourceRequest): void {
  const pipe = taggedPipe(pipes, input.resourceArn);
  pipes.store.save({ ...pipe, tags: { ...pipe.tags, ...input.tags } });
}
