import type { ListTagsForResourceInput, ListTagsForResourceOutput } from "@aws-sdk/client-sfn";
import type { States } from "../states.ts";
import { taggedAt } from "../tags.ts";

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListTagsForResource.html */
export function listTagsForResource(states: States) {
  return (input: ListTagsForResourceInput): ListTagsForResourceOutput => ({
    tags: Object.entries(taggedAt(states, input.resourceArn).tags).map(([key, value]) => ({ key, value })),
  });
}
