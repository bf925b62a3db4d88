import type { DescribeStateMachineAliasInput, DescribeStateMachineAliasOutput } from "@aws-sdk/client-sfn";
import { aliasArn, versionArn } from "../machines.ts";
import type { States } from "../states.ts";

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeStateMachineAlias.html */
export function describeStateMachineAlias(states: States) {
  return (input: DescribeStateMachineAliasInput): DescribeStateMachineAliasOutput => {
    const { machine, alias } = states.machines.alias(input.stateMachineAliasArn);
    return {
      stateMachineAliasArn: aliasArn(machine, alias.name),
      name: alias.name,
      ...(alias.description !== undefined && { description: alias.description }),
      routingConfiguration: alias.routing.map(({ version, weight }) => ({ stateMachineVersionArn: versionArn(machine, version), weight })),
      creationDate: new Date(alias.createdAt),
      updateDate: new Date(alias.updatedAt),
    };
  };
}
