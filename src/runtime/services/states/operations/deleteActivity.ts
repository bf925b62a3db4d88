import type { DeleteActivityInput, DeleteActivityOutput } from "@aws-sdk/client-sfn";
import { parseArnOf } from "../names.ts";
import type { States } from "../states.ts";

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_DeleteActivity.html */
export function deleteActivity(states: States) {
  return (input: DeleteActivityInput): DeleteActivityOutput => {
    parseArnOf(input.activityArn, "activity", "activityArn");
    const activity = states.activities.find(input.activityArn ?? "");
    if (activity !== undefined) states.activities.delete(activity);
    return {};
  };
}
