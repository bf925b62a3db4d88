import type { ListActivitiesInput, ListActivitiesOutput } from "@aws-sdk/client-sfn";
import type { Call } from "../../../kernel/service.ts";
import { cut } from "../paging.ts";
import type { States } from "../states.ts";

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListActivities.html */
export function listActivities(states: States) {
  return (input: ListActivitiesInput, call: Call): ListActivitiesOutput => {
    const { page, nextToken } = cut(states.activities.all(call.region), input);
    return {
      activities: page.map(({ record }) => ({ activityArn: record.arn, name: record.name, creationDate: new Date(record.createdAt) })),
      ...(nextToken !== undefined && { nextToken }),
    };
  };
}
