import type { SendTaskSuccessInput, SendTaskSuccessOutput } from "@aws-sdk/client-sfn";
import { readJsonText } from "../../../../model/asl/jsonText.ts";
import { AwsError } from "../../../kernel/awsError.ts";
import { answerTask, openTask } from "../answerTask.ts";
import { missing } from "../errors.ts";
import type { States } from "../states.ts";

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskSuccess.html */
export function sendTaskSuccess(states: States) {
  return async (input: SendTaskSuccessInput): Promise<SendTaskSuccessOutput> => {
    if (input.output === undefined) throw missing("output");
    openTask(states, input.taskToken);
    const json = readJsonText(input.output);
    if (!json.ok) throw new AwsError("InvalidOutput", `Invalid Output: '${json.message}'`);
    await answerTask(states, input.taskToken, { type: "succeeded", output: input.output });
    return {};
  };
}
