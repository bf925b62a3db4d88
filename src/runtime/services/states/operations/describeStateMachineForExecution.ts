import type { DescribeStateMachineForExecutionInput, DescribeStateMachineForExecutionOutput } from "@aws-sdk/client-sfn";
import { executionDoesNotExist } from "../errors.ts";
import { describeRevision } from "../describe.ts";
import { parseArnOf } from "../names.ts";
import type { States } from "../states.ts";
import { referencesOf } from "./describeStateMachine.ts";

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeStateMachineForExecution.html */
export function describeStateMachineForExecution(states: States) {
  return (input: DescribeStateMachineForExecutionInput): DescribeStateMachineForExecutionOutput => {
    const { region } = parseArnOf(input.executionArn, "execution", "executionArn");
    const execution = states.runs.execution(input.executionArn ?? "");
    if (execution === undefined) throw executionDoesNotExist(input.executionArn ?? "");
    const { record } = execution;
    const machine = states.machines.find(region, record.machineName);
    const version = machine?.versions.find(({ definitionId }) => definitionId === record.definitionId);
    const revision = version ?? machine ?? { logging: { level: "OFF" as const, includesData: false, logGroupArns: [] }, isTracing: false };
    return {
      stateMachineArn: record.machineArn,
      name: record.machineName,
      updateDate: new Date(machine?.updatedAt ?? record.startedAt),
      ...describeRevision(states, { ...revision, definitionId: record.definitionId, roleArn: record.roleArn }),
      ...(machine?.revisionId !== null && machine?.definitionId === record.definitionId && { revisionId: machine.revisionId }),
      ...(record.mapRun !== undefined && {
        mapRunArn: record.mapRun.arn,
        label: record.machineArn.slice(record.machineArn.lastIndexOf("/") + 1),
      }),
      ...referencesOf(states.machines.definitionText(record.definitionId)),
    };
  };
}
