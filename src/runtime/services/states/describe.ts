// How machines and executions are told in the answers of several operations.
import type { DescribeLogGroupsResponse } from "@aws-sdk/client-cloudwatch-logs";
import type { DescribeExecutionOutput, ExecutionListItem, LoggingConfiguration } from "@aws-sdk/client-sfn";
import type { Execution } from "./executions.ts";
import { validation } from "./errors.ts";
import { AwsError } from "../../kernel/awsError.ts";
import type { Call } from "../../kernel/service.ts";
import type { LoggingSettings, Revision } from "./machines.ts";
import type { States } from "./states.ts";

export function describeRevision(states: States, revision: Revision) {
  return {
    definition: states.machines.definitionText(revision.definitionId),
    roleArn: revision.roleArn,
    loggingConfiguration: describeLogging(revision.logging),
    tracingConfiguration: { enabled: revision.isTracing },
    encryptionConfiguration: { type: "AWS_OWNED_KEY" as const },
  };
}

function describeLogging(logging: LoggingSettings): LoggingConfiguration {
  return {
    level: logging.level,
    includeExecutionData: logging.includesData,
    ...(logging.logGroupArns.length > 0 && {
      destinations: logging.logGroupArns.map((logGroupArn) => ({ cloudWatchLogsLogGroup: { logGroupArn } })),
    }),
  };
}

export const noLogging: LoggingSettings = { level: "OFF", includesData: false, logGroupArns: [] };

export function readLogging(given: LoggingConfiguration | undefined): LoggingSettings {
  if (given === undefined) return noLogging;
  const level = given.level ?? "OFF";
  if (level !== "ALL" && level !== "ERROR" && level !== "FATAL" && level !== "OFF")
    throw validation(`Unknown log level '${String(level)}'.`);
  const destinations = given.destinations ?? [];
  if (level !== "OFF" && destinations.length !== 1) throw invalidLogging("Must specify exactly one Log Destination.");
  if (destinations.length > 1) throw invalidLogging("Must specify exactly one Log Destination.");
  const logGroupArns = destinations.flatMap(({ cloudWatchLogsLogGroup }) => cloudWatchLogsLogGroup?.logGroupArn ?? []);
  if (logGroupArns.some((arn) => !/^arn:[^:]+:logs:[^:]*:\d{12}:log-group:.+:\*$/.test(arn)))
    throw invalidLogging("Log Destination not found.");
  return { level, includesData: given.includeExecutionData === true, logGroupArns };
}

/** The log group must be there when a machine is to write into it. */
export async function checkLogGroup({ logGroupArns }: LoggingSettings, call: Call): Promise<void> {
  const [arn] = logGroupArns;
  if (arn === undefined) return;
  const [, , , region = "", , , logGroupNamePrefix = ""] = arn.split(":");
  const { logGroups = [] } = await call.kernel.invoke<DescribeLogGroupsResponse>(
    "logs",
    "DescribeLogGroups",
    { logGroupNamePrefix },
    { cause: call.span, actor: call.actor, region, accountId: call.accountId },
  );
  if (!logGroups.some((group) => group.arn === arn)) throw invalidLogging("Log Destination not found.");
}

function invalidLogging(why: string): AwsError {
  return new AwsError("InvalidLoggingConfiguration", `Invalid Logging Configuration: ${why}`);
}

export function describeExecution(execution: Execution): DescribeExecutionOutput {
  const { record, status } = execution;
  const redrive = redriveOf(execution);
  return {
    executionArn: record.arn,
    stateMachineArn: record.machineArn,
    name: record.name,
    status,
    startDate: new Date(record.startedAt),
    ...(execution.stoppedAt !== null && { stopDate: new Date(execution.stoppedAt) }),
    input: record.input,
    inputDetails: { included: true },
    ...(execution.output !== undefined && { output: execution.output, outputDetails: { included: true } }),
    ...(record.traceHeader !== undefined && { traceHeader: record.traceHeader }),
    ...(execution.error !== undefined && { error: execution.error }),
    ...(execution.cause !== undefined && { cause: execution.cause }),
    ...(record.versionArn !== undefined && { stateMachineVersionArn: record.versionArn }),
    ...(record.aliasArn !== undefined && { stateMachineAliasArn: record.aliasArn }),
    ...(record.mapRun !== undefined && { mapRunArn: record.mapRun.arn }),
    redriveCount: execution.redriveCount,
    ...(execution.redrivenAt !== null && { redriveDate: new Date(execution.redrivenAt) }),
    ...redrive,
  };
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html: failures of the last 14 days. */
const redrivableMilliseconds = 14 * 24 * 3600 * 1000;

export function redriveOf(execution: Execution, now?: number): Pick<DescribeExecutionOutput, "redriveStatus" | "redriveStatusReason"> {
  const { status, stoppedAt, record } = execution;
  if (status === "RUNNING" || status === "SUCCEEDED")
    return { redriveStatus: "NOT_REDRIVABLE", redriveStatusReason: `Execution is ${status} and cannot be redriven` };
  if (record.mapRun !== undefined) return { redriveStatus: "REDRIVABLE_BY_MAP_RUN" };
  if (now !== undefined && stoppedAt !== null && now - stoppedAt > redrivableMilliseconds)
    return { redriveStatus: "NOT_REDRIVABLE", redriveStatusReason: "Execution redrivable period exceeded and cannot be redriven" };
  return { redriveStatus: "REDRIVABLE" };
}

export function listItem(execution: Execution): ExecutionListItem {
  const { record } = execution;
  return {
    executionArn: record.arn,
    stateMachineArn: record.machineArn,
    name: record.name,
    status: execution.status,
    startDate: new Date(record.startedAt),
    ...(execution.stoppedAt !== null && { stopDate: new Date(execution.stoppedAt) }),
    ...(record.versionArn !== undefined && { stateMachineVersionArn: record.versionArn }),
    ...(record.aliasArn !== undefined && { stateMachineAliasArn: record.aliasArn }),
    ...(record.mapRun !== undefined && { mapRunArn: record.mapRun.arn, itemCount: 1 }),
    redriveCount: execution.redriveCount,
    ...(execution.redrivenAt !== null && { redriveDate: new Date(execution.redrivenAt) }),
  };
}
