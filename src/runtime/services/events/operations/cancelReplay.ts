import type { CancelReplayRequest, CancelReplayResponse } from "@aws-sdk/client-eventbridge";
import { AwsError } from "../../../kernel/awsError.ts";
import type { Call } from "../../../kernel/service.ts";
import type { Events } from "../events.ts";
import { given } from "../names.ts";

const endMilliseconds = 1_000;

export function cancelReplay(events: Events, input: CancelReplayRequest, call: Call): CancelReplayResponse {
  const replay = events.replays.get(call.region, given(input.ReplayName, "replayName"));
  if (replay.state !== "STARTING" && replay.state !== "RUNNING")
    throw new AwsError("IllegalStatusException", `Replay ${replay.name} is not in a valid state for this operation.`);
  events.replays.save({ ...replay, state: "CANCELLING" });
  call.kernel.clock.at(call.now() + endMilliseconds, { title: `Replay ${replay.name}`, isQuiet: true }, () =>
    events.replays.end(events.replays.get(call.region, replay.name), "CANCELLED"),
  );
  return { ReplayArn: replay.arn, State: "CANCELLING" };
}
