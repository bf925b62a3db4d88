import type { CreateActivityInput, CreateActivityOutput } from "@aws-sdk/client-sfn";
import type { Call } from "../../../kernel/service.ts";
import { checkName } from "../names.ts";
import type { States } from "../states.ts";
import { tagsOf } from "../tags.ts";

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateActivity.html */
export function createActivity(states: States) {
  return (input: CreateActivityInput, call: Call): CreateActivityOutput => {
    const name = checkName(input.name);
    const arn = states.arn(call.region, `activity:${name}`);
    const known = states.activities.find(arn);
    if (known !== undefined) return { activityArn: arn, creationDate: new Date(known.record.createdAt) };
    const createdAt = call.now();
    states.activities.save({ region: call.region, name, arn, createdAt, tags: tagsOf(input.tags) });
    return { activityArn: arn, creationDate: new Date(createdAt) };
  };
}
