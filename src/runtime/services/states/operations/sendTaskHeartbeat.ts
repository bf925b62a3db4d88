import type { SendTaskHeartbeatInput, SendTaskHeartbeatOutput } from "@aws-sdk/client-sfn";
import { openTask } from "../answerTask.ts";
import type { States } from "../states.ts";

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskHeartbeat.html */
export function sendTaskHeartbeat(states: States) {
  return (input: SendTaskHeartbeatInput): SendTaskHeartbeatOutput => {
    openTask(states, input.taskToken).task.heartbeat();
    return {};
  };
}
