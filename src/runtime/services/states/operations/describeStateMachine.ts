import type { DescribeStateMachineInput, DescribeStateMachineOutput } from "@aws-sdk/client-sfn";
import { readJsonText } from "../../../../model/asl/jsonText.ts";
import { variableReferences } from "../../../../model/asl/variableReferences.ts";
import { isJsonObject } from "../../../../model/json.ts";
import { describeRevision } from "../describe.ts";
import { versionArn } from "../machines.ts";
import type { States } from "../states.ts";

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeStateMachine.html */
export function describeStateMachine(states: States) {
  return (input: DescribeStateMachineInput): DescribeStateMachineOutput => {
    const { machine, revision, version } = states.machines.target(input.stateMachineArn);
    const revisionId = version === undefined ? machine.revisionId : version.revisionId;
    return {
      stateMachineArn: version === undefined ? machine.arn : versionArn(machine, version.number),
      name: machine.name,
      status: "ACTIVE",
      type: machine.type,
      creationDate: new Date(version?.createdAt ?? machine.createdAt),
      ...describeRevision(states, revision),
      ...(revisionId !== null && { revisionId }),
      ...(version?.description !== undefined && { description: version.description }),
      ...referencesOf(states.machines.definitionText(revision.definitionId)),
    };
  };
}

export function referencesOf(definition: string): Pick<DescribeStateMachineOutput, "variableReferences"> {
  const json = readJsonText(definition);
  const references = json.ok && isJsonObject(json.value) ? variableReferences(json.value) : {};
  if (Object.keys(references).length === 0) return {};
  return { variableReferences: Object.fromEntries(Object.entries(references).map(([state, names]) => [state, [...names]])) };
}
