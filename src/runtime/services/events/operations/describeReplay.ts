import type { DescribeReplayRequest, DescribeReplayResponse } from "@aws-sdk/client-eventbridge";
import type { Call } from "../../../kernel/service.ts";
import { describeReplay as describe } from "../archive/describe.ts";
import type { Events } from "../events.ts";
import { given } from "../names.ts";

export function describeReplay(events: Events, input: DescribeReplayRequest, call: Call): DescribeReplayResponse {
  const replay = events.replays.get(call.region, given(input.ReplayName, "replayName"));
  return {
    ...describe(replay),
    ReplayArn: replay.arn,
    ...(replay.description !== undefined && { Description: replay.description }),
    Destination: { Arn: replay.busArn, ...(replay.ruleArns.length > 0 && { FilterArns: [...replay.ruleArns] }) },
  };
}
