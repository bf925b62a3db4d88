import type { DescribeMapRunInput, DescribeMapRunOutput } from "@aws-sdk/client-sfn";
import { parseArnOf } from "../names.ts";
import type { MapRunCounts } from "../mapRuns.ts";
import type { States } from "../states.ts";

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeMapRun.html */
export function describeMapRun(states: States) {
  return (input: DescribeMapRunInput): DescribeMapRunOutput => {
    parseArnOf(input.mapRunArn, "mapRun", "mapRunArn");
    const mapRun = states.mapRuns.get(input.mapRunArn ?? "");
    return {
      mapRunArn: mapRun.arn,
      executionArn: mapRun.executionArn,
      status: mapRun.status,
      startDate: new Date(mapRun.startedAt),
      ...(mapRun.stoppedAt !== null && { stopDate: new Date(mapRun.stoppedAt) }),
      maxConcurrency: mapRun.maxConcurrency,
      toleratedFailurePercentage: mapRun.toleratedFailurePercentage,
      toleratedFailureCount: mapRun.toleratedFailureCount,
      itemCounts: counts(mapRun.items),
      executionCounts: counts(mapRun.executions),
      redriveCount: 0,
    };
  };
}

function counts(given: MapRunCounts): Required<Pick<MapRunCounts, keyof MapRunCounts>> {
  return { ...given };
}
