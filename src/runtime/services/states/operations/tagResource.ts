import type { TagResourceInput, TagResourceOutput } from "@aws-sdk/client-sfn";
import { statesLimits } from "../../../../model/limits/states.ts";
import { AwsError } from "../../../kernel/awsError.ts";
import type { States } from "../states.ts";
import { taggedAt, tagsOf } from "../tags.ts";

const maxTags = statesLimits.tags.value;

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_TagResource.html */
export function tagResource(states: States) {
  return (input: TagResourceInput): TagResourceOutput => {
    const tagged = taggedAt(states, input.resourceArn);
    const tags = { ...tagged.tags, ...tagsOf(input.tags) };
    if (Object.keys(tags).length > maxTags)
      throw new AwsError("TooManyTags", `Number of tags exceeded the maximum of ${maxTags} on the resource '${input.resourceArn ?? ""}'`);
    tagged.save(tags);
    return {};
  };
}
