import type { SendTaskFailureInput, SendTaskFailureOutput } from "@aws-sdk/client-sfn";
import { answerTask } from "../answerTask.ts";
import type { States } from "../states.ts";

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskFailure.html */
export function sendTaskFailure(states: States) {
  return async (input: SendTaskFailureInput): Promise<SendTaskFailureOutput> => {
    await answerTask(states, input.taskToken, { type: "failed", error: input.error, cause: input.cause });
    return {};
  };
}
