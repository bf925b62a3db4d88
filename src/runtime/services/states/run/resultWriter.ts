// ResultWriter: the children's results as files in S3 with a manifest, or only in another form.
import { evaluateTemplate, fillTemplate } from "../../../../model/asl/expressions.ts";
import type { MapState, ResultWriter } from "../../../../model/asl/definition.ts";
import { isArrayValue, isObjectValue, readValue, writeValue, type Value } from "../../../../model/asl/value.ts";
import { AwsError } from "../../../kernel/awsError.ts";
import { redriveOf } from "../describe.ts";
import type { Execution } from "../executions.ts";
import type { MapRun } from "../mapRuns.ts";
import { ExecutionFailure } from "./failure.ts";
import { scopeOf, type Visit } from "./flow.ts";
import type { MapInput } from "./map.ts";

export interface MapOutcome {
  readonly ended: readonly Execution[];
  /** Inputs of those that were not begun. */
  readonly pending: readonly string[];
}

export async function writeResults(
  visit: Visit,
  state: MapState,
  input: MapInput,
  writer: ResultWriter,
  mapRun: MapRun,
  { ended, pending }: MapOutcome,
): Promise<Value> {
  const transformation = writer.transformation ?? "NONE";
  const succeeded = ended.filter(({ status }) => status === "SUCCEEDED");
  if (writer.resource === undefined) return formed(succeeded, transformation);
  const scope = scopeOf(visit, state, input.given);
  const isData = state.queryLanguage === "JSONata";
  const template = isData ? writer.arguments : writer.parameters;
  const where =
    template === undefined
      ? {}
      : isData
        ? await evaluateTemplate(template, "ResultWriter/Arguments", scope)
        : fillTemplate(template, scope);
  const bucket = isObjectValue(where) && typeof where["Bucket"] === "string" ? where["Bucket"] : "";
  const prefix = isObjectValue(where) && typeof where["Prefix"] === "string" ? where["Prefix"] : "";
  const folder = `${prefix === "" ? "" : `${prefix.replace(/\/$/, "")}/`}${mapRun.arn.slice(mapRun.arn.lastIndexOf(":") + 1)}`;
  const isLines = writer.outputType === "JSONL";
  const write = async (key: string, text: string): Promise<number> => {
    try {
      await visit.call.invoke("s3", "PutObject", { Bucket: bucket, Key: key, Body: Buffer.from(text), ContentType: "application/json" });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      throw new ExecutionFailure(
        "States.ResultWriterFailed",
        `${error.message} (Service: S3, Status Code: ${error.status}, Request ID: ${visit.run.sources.uuid()})`,
      );
    }
    return Buffer.byteLength(text);
  };
  const files: Record<string, { Key: string; Size: number }[]> = { FAILED: [], PENDING: [], SUCCEEDED: [] };
  const failed = ended.filter((execution) => execution.status !== "SUCCEEDED");
  for (const [status, results] of [
    ["SUCCEEDED", formed(succeeded, transformation)],
    ["FAILED", failed.map(described)],
    ["PENDING", pending.map((text): Value => ({ Input: text, InputDetails: { Included: true }, Status: "PENDING" }))],
  ] as const) {
    if (results.length === 0) continue;
    const text = isLines ? results.map((result) => writeValue(result)).join("\n") : writeValue(results);
    const key = `${folder}/${status}_0.${isLines ? "jsonl" : "json"}`;
    files[status] = [{ Key: key, Size: await write(key, text) }];
  }
  const manifest = `${folder}/manifest.json`;
  await write(manifest, JSON.stringify({ DestinationBucket: bucket, MapRunArn: mapRun.arn, ResultFiles: files }));
  return { MapRunArn: mapRun.arn, ResultWriterDetails: { Bucket: bucket, Key: manifest } };
}

function formed(executions: readonly Execution[], transformation: NonNullable<ResultWriter["transformation"]>): readonly Value[] {
  if (transformation === "NONE") return executions.map(described);
  const outputs = executions.map(({ output }) => readValue(output ?? "null"));
  if (transformation === "COMPACT") return outputs;
  return outputs.flatMap((output): readonly Value[] => (isArrayValue(output) ? output : [output]));
}

/** An execution with all that is known of it. */
function described(execution: Execution): Value {
  const { record, stoppedAt, error, cause, output } = execution;
  const { redriveStatus, redriveStatusReason } = redriveOf(execution);
  return {
    ...(cause !== undefined && { Cause: cause }),
    ...(error !== undefined && { Error: error }),
    ExecutionArn: record.arn,
    Input: record.input,
    InputDetails: { Included: true },
    Name: record.name,
    ...(output !== undefined && { Output: output }),
    OutputDetails: { Included: true },
    RedriveCount: execution.redriveCount,
    RedriveStatus: redriveStatus ?? "NOT_REDRIVABLE",
    ...(redriveStatusReason !== undefined && { RedriveStatusReason: redriveStatusReason }),
    StartDate: new Date(record.startedAt).toISOString(),
    StateMachineArn: record.machineArn,
    Status: execution.status,
    ...(stoppedAt !== null && { StopDate: new Date(stoppedAt).toISOString() }),
  };
}
