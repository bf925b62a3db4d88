import type { UntagResourceRequest } from "@aws-sdk/client-pipes";
import { taggedPipe } from "../tags.ts";
import type { Pipes } from "../pipes.ts";

export function untagResource(pipes: Pipes, input: UntagResourceRequest): void {
  const pipe = taggedPipe(pipes, input.resourceArn);
  const gone = new Set(input.tagKeys);
  pipes.store.save({ ...pipe, tags: Object.fromEntries(Object.entries(pipe.tags).filter(([key]) => !gone.has(key))) });
}
