import type { CancelReplayRequest, CancelReplayResponse } from "@aws-sdk/client-eventbridge";
import { AwsError } from "../../../kernel/awsError.ts";
import type { Call } from "../../../kernel/service.ts";
import type { Events } from "../events.ts";
import { checkName } from "../names.ts";

export function cancelReplay(events: Events, input: CancelReplayRequest, call: Call): CancelReplayResponse {
  const replay = events.replays.get(call.region, checkName(input.ReplayName, "replayName"));
  if (replay.state !== "STARTING" && replay.state !== "RUNNING")
    throw new AwsError("IllegalStatusException", `Replay ${replay.name} is not in a valid state for this operation.`);
  events.replays.save({ ...replay, state: "CANCELLING" });
  return { ReplayArn: replay.arn, State: "CANCELLING" };
}
