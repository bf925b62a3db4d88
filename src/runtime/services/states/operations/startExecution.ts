import type { StartExecutionInput, StartExecutionOutput } from "@aws-sdk/client-sfn";
import { readJsonText } from "../../../../model/asl/jsonText.ts";
import { AwsError } from "../../../kernel/awsError.ts";
import type { Call } from "../../../kernel/service.ts";
import { constraint } from "../errors.ts";
import type { Execution, ExecutionRecord } from "../executions.ts";
import { aliasArn, versionArn, type Target } from "../machines.ts";
import { checkName } from "../names.ts";
import { maxDataBytes } from "../run/leave.ts";
import type { States } from "../states.ts";

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html */
export function startExecution(states: States) {
  return async (input: StartExecutionInput, call: Call): Promise<StartExecutionOutput> => {
    const { target, mockCase } = targetOf(states, input.stateMachineArn, call);
    const record = recordOf(states, target, input, call, mockCase);
    // A name that was made up now is nobody's.
    const known = record.type === "STANDARD" && input.name !== undefined ? states.runs.execution(record.arn) : undefined;
    if (known !== undefined) return startedBefore(known, record);
    const isSafe = record.type === "EXPRESS" ? states.expressStarts.accept(record) : undefined;
    const run = states.runs.start(record, call);
    await (isSafe ?? run.commit());
    return { executionArn: record.arn, startDate: new Date(record.startedAt) };
  };
}

/** The same name and input of an execution that still runs is no second one. */
function startedBefore(known: Execution, record: ExecutionRecord): StartExecutionOutput {
  if (known.status === "RUNNING" && known.record.input === record.input)
    return { executionArn: known.record.arn, startDate: new Date(known.record.startedAt) };
  throw new AwsError("ExecutionAlreadyExists", `Execution Already Exists: '${record.arn}'`);
}

/** A test case of the mock file stands behind `#`, as in Step Functions Local. */
export function targetOf(states: States, arn: string | undefined, call: Call): { readonly target: Target; readonly mockCase?: string } {
  const mark = arn?.indexOf("#") ?? -1;
  const target = states.machines.target(mark < 0 ? arn : arn?.slice(0, mark), call.kernel.ids.random());
  call.target(states.machines.ref(target.machine));
  if (mark < 0 || arn === undefined) return { target };
  return { target, mockCase: arn.slice(mark + 1) };
}

export function recordOf(
  states: States,
  { machine, revision, version, alias }: Target,
  input: { name?: string | undefined; input?: string | undefined; traceHeader?: string | undefined },
  call: Call,
  mockCase?: string,
): ExecutionRecord {
  const { ids } = call.kernel;
  const name = input.name === undefined ? ids.uuid() : checkName(input.name);
  const text = checkInput(input.input ?? "{}");
  const isExpress = machine.type === "EXPRESS";
  return {
    arn: states.arn(machine.region, isExpress ? `express:${machine.name}:${name}:${ids.uuid()}` : `execution:${machine.name}:${name}`),
    name,
    region: machine.region,
    machineName: machine.name,
    machineArn: machine.arn,
    ...(version !== undefined && { versionArn: versionArn(machine, version.number) }),
    ...(alias !== undefined && { aliasArn: aliasArn(machine, alias.name) }),
    type: machine.type,
    definitionId: revision.definitionId,
    roleArn: revision.roleArn,
    input: text,
    startedAt: call.now(),
    ...(input.traceHeader !== undefined && { traceHeader: input.traceHeader }),
    cause: call.span,
    secret: ids.hex(32),
    ...(mockCase !== undefined && { mockCase }),
  };
}

function checkInput(text: string): string {
  if (Buffer.byteLength(text) > maxDataBytes)
    throw constraint("…", "input", `Member must have length less than or equal to ${maxDataBytes}`);
  const json = readJsonText(text);
  if (!json.ok) throw new AwsError("InvalidExecutionInput", `Invalid State Machine Execution Input: '${json.message}'`);
  return text;
}
