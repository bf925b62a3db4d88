import type { UpdateStateMachineAliasInput, UpdateStateMachineAliasOutput } from "@aws-sdk/client-sfn";
import type { Call } from "../../../kernel/service.ts";
import { validation } from "../errors.ts";
import type { Alias } from "../machines.ts";
import { readRouting } from "../routing.ts";
import type { States } from "../states.ts";

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_UpdateStateMachineAlias.html */
export function updateStateMachineAlias(states: States) {
  return (input: UpdateStateMachineAliasInput, call: Call): UpdateStateMachineAliasOutput => {
    const { machine, alias } = states.machines.alias(input.stateMachineAliasArn);
    if (input.description === undefined && input.routingConfiguration === undefined)
      throw validation("Either the description or the routing configuration must be specified");
    const routing = input.routingConfiguration === undefined ? alias.routing : readRouting(states, input.routingConfiguration).routing;
    const updated: Alias = {
      ...alias,
      routing,
      updatedAt: call.now(),
      ...(input.description !== undefined && { description: input.description }),
    };
    states.machines.save({ ...machine, aliases: machine.aliases.map((one) => (one.name === alias.name ? updated : one)) });
    return { updateDate: new Date(updated.updatedAt) };
  };
}
