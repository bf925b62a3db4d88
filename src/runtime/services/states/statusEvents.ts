// Each change of a Standard execution's status is an event on the default bus, as on AWS:
// https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
import { redriveOf } from "./describe.ts";
import type { Execution } from "./executions.ts";
import type { States } from "./states.ts";

/** Longer input and output are left out of the event. */
const mostIncludedBytes = 248 * 1024;

/** Costs a look into the index of resources where nobody listens: the default bus stands there only while a rule or an archive listens on it. */
export function tellStatus(states: States, execution: Execution): void {
  const { record } = execution;
  const { kernel, accountId } = states.environment;
  if (record.type !== "STANDARD" || kernel.resources.find("events", "default", record.region) === undefined) return;
  const actor = { type: "resource", resource: states.machines.ref({ region: record.region, name: record.machineName }) } as const;
  const entry = {
    Source: "aws.states",
    DetailType: "Step Functions Execution Status Change",
    Detail: JSON.stringify(detailOf(execution)),
    Resources: [record.arn],
  };
  // What goes wrong is told by the span: an execution does not fail for it.
  void kernel
    .invoke("events", "PutEvents", { Entries: [entry] }, { cause: record.cause, actor, region: record.region, accountId })
    .catch(() => undefined);
}

function detailOf(execution: Execution) {
  const { record, status, stoppedAt, output, error, cause, redriveCount, redrivenAt } = execution;
  const { redriveStatus, redriveStatusReason } = redriveOf(execution);
  return {
    executionArn: record.arn,
    stateMachineArn: record.machineArn,
    stateMachineVersionArn: record.versionArn ?? null,
    stateMachineAliasArn: record.aliasArn ?? null,
    name: record.name,
    status,
    startDate: Math.floor(record.startedAt),
    stopDate: stoppedAt === null ? null : Math.floor(stoppedAt),
    ...included("input", record.input),
    ...included("output", output),
    error: error ?? null,
    cause: cause ?? null,
    redriveCount,
    redriveDate: redrivenAt === null ? null : Math.floor(redrivenAt),
    redriveStatus: redriveStatus ?? null,
    redriveStatusReason: redriveStatusReason ?? null,
  };
}

function included(name: "input" | "output", text: string | undefined) {
  if (text === undefined) return { [name]: null, [`${name}Details`]: null };
  const isIncluded = Buffer.byteLength(text) <= mostIncludedBytes;
  return { [name]: isIncluded ? text : null, [`${name}Details`]: { included: isIncluded } };
}
