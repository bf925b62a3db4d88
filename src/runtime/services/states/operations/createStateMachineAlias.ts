import type { CreateStateMachineAliasInput, CreateStateMachineAliasOutput } from "@aws-sdk/client-sfn";
import { AwsError } from "../../../kernel/awsError.ts";
import type { Call } from "../../../kernel/service.ts";
import { constraint, missing } from "../errors.ts";
import { aliasArn, type Alias } from "../machines.ts";
import { readRouting } from "../routing.ts";
import type { States } from "../states.ts";

const namePattern = "^(?=.*[a-zA-Z_\\-\\.])[a-zA-Z0-9_\\-\\.]+$";

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachineAlias.html */
export function createStateMachineAlias(states: States) {
  return (input: CreateStateMachineAliasInput, call: Call): CreateStateMachineAliasOutput => {
    const { name } = input;
    if (name === undefined) throw missing("name");
    if (name.length > 80) throw constraint(name, "name", "Member must have length less than or equal to 80");
    if (!new RegExp(namePattern).test(name))
      throw constraint(name, "name", `Member must satisfy regular expression pattern: ${namePattern}`);
    const { machine, routing } = readRouting(states, input.routingConfiguration);
    const known = machine.aliases.find((alias) => alias.name === name);
    if (known !== undefined) {
      if (JSON.stringify(known.routing) !== JSON.stringify(routing) || known.description !== input.description)
        throw new AwsError(
          "ConflictException",
          "Failed to create alias because an alias with the same name and a different routing configuration already exists.",
        );
      return { stateMachineAliasArn: aliasArn(machine, name), creationDate: new Date(known.createdAt) };
    }
    const now = call.now();
    const alias: Alias = {
      name,
      routing,
      createdAt: now,
      updatedAt: now,
      ...(input.description !== undefined && { description: input.description }),
    };
    states.machines.save({ ...machine, aliases: [...machine.aliases, alias] });
    return { stateMachineAliasArn: aliasArn(machine, name), creationDate: new Date(now) };
  };
}
