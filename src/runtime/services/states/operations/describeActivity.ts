import type { DescribeActivityInput, DescribeActivityOutput } from "@aws-sdk/client-sfn";
import { parseArnOf } from "../names.ts";
import type { States } from "../states.ts";

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeActivity.html */
export function describeActivity(states: States) {
  return (input: DescribeActivityInput): DescribeActivityOutput => {
    parseArnOf(input.activityArn, "activity", "activityArn");
    const { arn, name, createdAt } = states.activities.get(input.activityArn ?? "").record;
    return { activityArn: arn, name, creationDate: new Date(createdAt) };
  };
}
