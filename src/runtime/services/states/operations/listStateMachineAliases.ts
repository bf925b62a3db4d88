import type { ListStateMachineAliasesInput, ListStateMachineAliasesOutput } from "@aws-sdk/client-sfn";
import { aliasArn } from "../machines.ts";
import { cut } from "../paging.ts";
import type { States } from "../states.ts";

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListStateMachineAliases.html */
export function listStateMachineAliases(states: States) {
  return (input: ListStateMachineAliasesInput): ListStateMachineAliasesOutput => {
    const { machine, version } = states.machines.target(input.stateMachineArn);
    const aliases = machine.aliases.filter(
      ({ routing }) => version === undefined || routing.some((route) => route.version === version.number),
    );
    const { page, nextToken } = cut(aliases, input);
    return {
      stateMachineAliases: page.map(({ name, createdAt }) => ({
        stateMachineAliasArn: aliasArn(machine, name),
        creationDate: new Date(createdAt),
      })),
      ...(nextToken !== undefined && { nextToken }),
    };
  };
}
