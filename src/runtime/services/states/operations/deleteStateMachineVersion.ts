import type { DeleteStateMachineVersionInput, DeleteStateMachineVersionOutput } from "@aws-sdk/client-sfn";
import { AwsError } from "../../../kernel/awsError.ts";
import { validation } from "../errors.ts";
import { parseArnOf } from "../names.ts";
import type { States } from "../states.ts";

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_DeleteStateMachineVersion.html */
export function deleteStateMachineVersion(states: States) {
  return (input: DeleteStateMachineVersionInput): DeleteStateMachineVersionOutput => {
    const { region, name, qualifier } = parseArnOf(input.stateMachineVersionArn, "stateMachine", "stateMachineVersionArn");
    if (qualifier === undefined || !/^\d+$/.test(qualifier))
      throw validation(`'${input.stateMachineVersionArn ?? ""}' is no ARN of a state machine version.`);
    const machine = states.machines.find(region, name);
    if (machine === undefined) return {};
    const number = Number(qualifier);
    const aliases = machine.aliases.filter(({ routing }) => routing.some(({ version }) => version === number));
    if (aliases.length > 0)
      throw new AwsError(
        "ConflictException",
        `Version to be deleted must not be referenced by an alias. Current list of aliases referencing this version: [${aliases.map((alias) => alias.name).join(", ")}]`,
      );
    states.machines.save({ ...machine, versions: machine.versions.filter((version) => version.number !== number) });
    return {};
  };
}
