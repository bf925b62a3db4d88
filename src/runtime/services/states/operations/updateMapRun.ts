import type { UpdateMapRunInput, UpdateMapRunOutput } from "@aws-sdk/client-sfn";
import { validation } from "../errors.ts";
import { parseArnOf } from "../names.ts";
import type { States } from "../states.ts";

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_UpdateMapRun.html */
export function updateMapRun(states: States) {
  return (input: UpdateMapRunInput): UpdateMapRunOutput => {
    parseArnOf(input.mapRunArn, "mapRun", "mapRunArn");
    const mapRun = states.mapRuns.get(input.mapRunArn ?? "");
    const { maxConcurrency, toleratedFailureCount, toleratedFailurePercentage } = input;
    if (mapRun.status !== "RUNNING") throw validation(`The Map Run is ${mapRun.status} and cannot be changed.`);
    if (toleratedFailureCount !== undefined && toleratedFailureCount < 0) throw validation("ToleratedFailureCount cannot be negative.");
    if (toleratedFailurePercentage !== undefined && (toleratedFailurePercentage < 0 || toleratedFailurePercentage > 100))
      throw validation("ToleratedFailurePercentage must be between 0 and 100.");
    if (maxConcurrency !== undefined) mapRun.maxConcurrency = maxConcurrency;
    if (toleratedFailureCount !== undefined) mapRun.toleratedFailureCount = toleratedFailureCount;
    if (toleratedFailurePercentage !== undefined) mapRun.toleratedFailurePercentage = toleratedFailurePercentage;
    states.mapRuns.changed(mapRun);
    return {};
  };
}
