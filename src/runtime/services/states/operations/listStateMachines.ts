import type { ListStateMachinesInput, ListStateMachinesOutput } from "@aws-sdk/client-sfn";
import type { Call } from "../../../kernel/service.ts";
import { cut } from "../paging.ts";
import type { States } from "../states.ts";

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListStateMachines.html */
export function listStateMachines(states: States) {
  return (input: ListStateMachinesInput, call: Call): ListStateMachinesOutput => {
    const { page, nextToken } = cut(
      states.machines.all(call.region).toSorted((one, other) => one.createdAt - other.createdAt),
      input,
    );
    return {
      stateMachines: page.map(({ arn, name, type, createdAt }) => ({
        stateMachineArn: arn,
        name,
        type,
        creationDate: new Date(createdAt),
      })),
      ...(nextToken !== undefined && { nextToken }),
    };
  };
}
