import type { PublishStateMachineVersionInput, PublishStateMachineVersionOutput } from "@aws-sdk/client-sfn";
import { AwsError } from "../../../kernel/awsError.ts";
import type { Call } from "../../../kernel/service.ts";
import { versionArn } from "../machines.ts";
import { publish } from "../publish.ts";
import type { States } from "../states.ts";

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_PublishStateMachineVersion.html */
export function publishStateMachineVersion(states: States) {
  return (input: PublishStateMachineVersionInput, call: Call): PublishStateMachineVersionOutput => {
    const machine = states.machines.get(input.stateMachineArn);
    const { revisionId } = input;
    if (revisionId !== undefined && revisionId !== (machine.revisionId ?? "INITIAL"))
      throw new AwsError(
        "ConflictException",
        `Failed to publish the State Machine version for revision ${revisionId}. The current State Machine revision is ${machine.revisionId ?? "INITIAL"}.`,
      );
    const version = publish(states, machine, input.description, call.now());
    return { creationDate: new Date(version.createdAt), stateMachineVersionArn: versionArn(machine, version.number) };
  };
}
