import type { DeleteStateMachineAliasInput, DeleteStateMachineAliasOutput } from "@aws-sdk/client-sfn";
import type { States } from "../states.ts";

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_DeleteStateMachineAlias.html */
export function deleteStateMachineAlias(states: States) {
  return (input: DeleteStateMachineAliasInput): DeleteStateMachineAliasOutput => {
    const { machine, alias } = states.machines.alias(input.stateMachineAliasArn);
    states.machines.save({ ...machine, aliases: machine.aliases.filter((one) => one.name !== alias.name) });
    return {};
  };
}
