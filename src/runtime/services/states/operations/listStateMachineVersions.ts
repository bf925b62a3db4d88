import type { ListStateMachineVersionsInput, ListStateMachineVersionsOutput } from "@aws-sdk/client-sfn";
import { versionArn } from "../machines.ts";
import { cut } from "../paging.ts";
import type { States } from "../states.ts";

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListStateMachineVersions.html: the newest first. */
export function listStateMachineVersions(states: States) {
  return (input: ListStateMachineVersionsInput): ListStateMachineVersionsOutput => {
    const { page, nextToken } = cut(states.machines.get(input.stateMachineArn).versions.toReversed(), input);
    const machine = states.machines.get(input.stateMachineArn);
    return {
      stateMachineVersions: page.map(({ number, createdAt }) => ({
        stateMachineVersionArn: versionArn(machine, number),
        creationDate: new Date(createdAt),
      })),
      ...(nextToken !== undefined && { nextToken }),
    };
  };
}
