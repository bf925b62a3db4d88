import type { GetActivityTaskInput, GetActivityTaskOutput } from "@aws-sdk/client-sfn";
import type { Call } from "../../../kernel/service.ts";
import { parseArnOf } from "../names.ts";
import type { States } from "../states.ts";

const pollSeconds = 60;

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_GetActivityTask.html: waits for work, up to a minute. */
export function getActivityTask(states: States) {
  return async (input: GetActivityTaskInput, call: Call): Promise<GetActivityTaskOutput> => {
    parseArnOf(input.activityArn, "activity", "activityArn");
    const activity = states.activities.get(input.activityArn ?? "");
    const offer = await activity.take(pollSeconds, call.signal);
    if (offer === undefined) return {};
    await offer.taken(input.workerName);
    return { taskToken: offer.token, input: offer.input };
  };
}
