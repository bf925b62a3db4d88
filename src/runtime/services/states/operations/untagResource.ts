import type { UntagResourceInput, UntagResourceOutput } from "@aws-sdk/client-sfn";
import type { States } from "../states.ts";
import { taggedAt } from "../tags.ts";

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_UntagResource.html */
export function untagResource(states: States) {
  return (input: UntagResourceInput): UntagResourceOutput => {
    const tagged = taggedAt(states, input.resourceArn);
    const removed = new Set(input.tagKeys ?? []);
    tagged.save(Object.fromEntries(Object.entries(tagged.tags).filter(([key]) => !removed.has(key))));
    return {};
  };
}
