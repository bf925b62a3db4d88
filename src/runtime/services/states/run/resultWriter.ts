// ResultWriter: the children's results as files in S3 with a manifest, or only in another form.
import { evaluateTemplate, fillTemplate } from "../../../../model/asl/expressions.ts";
import type { MapState, ResultWriter } from "../../../../model/asl/definition.ts";
import { isArrayValue, isObjectValue, readValue, writeValue, type Value } from "../../../../model/asl/value.ts";
import { AwsError } from "../../../kernel/awsError.ts";
import type { Execution } from "../executions.ts";
import type { MapRun } from "../mapRuns.ts";
import { ExecutionFailure } from "./failure.ts";
import { scopeOf, type Visit } from "./flow.ts";
import type { MapInput } from "./map.ts";

export async function writeResults(
  visit: Visit,
  state: MapState,
  input: MapInput,
  writer: ResultWriter,
  mapRun: MapRun,
  ended: readonly Execution[],
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
      throw new ExecutionFailure("States.ResultWriterFailed", `${error.message} (Service: S3, Status Code: ${error.status})`);
    }
    return Buffer.byteLength(text);
  };
  const files: Record<string, { Key: string; Size: number }[]> = { FAILED: [], PENDING: [], SUCCEEDED: [] };
  for (const [status, executions] of [
    ["SUCCEEDED", succeeded],
    ["FAILED", ended.filter((execution) => execution.status !== "SUCCEEDED")],
  ] as const) {
    if (executions.length === 0) continue;
    const results = formed(executions, status === "SUCCEEDED" ? transformation : "NONE");
    const text = isLines && isArrayValue(results) ? results.map((result) => writeValue(result)).join("\n") : writeValue(results);
    const key = `${folder}/${status}_0.${isLines ? "jsonl" : "json"}`;
    files[status] = [{ Key: key, Size: await write(key, text) }];
  }
  const manifest = `${folder}/manifest.json`;
  await write(manifest, JSON.stringify({ DestinationBucket: bucket, MapRunArn: mapRun.arn, ResultFiles: files }));
  return { MapRunArn: mapRun.arn, ResultWriterDetails: { Bucket: bucket, Key: manifest } };
}

function formed(executions: readonly Execution[], transformation: NonNullable<ResultWriter["transformation"]>): Value {
  const outputs = executions.map(({ output }) => readValue(output ?? "null"));
  if (transformation === "COMPACT") return outputs;
  if (transformation === "FLATTEN") return outputs.flatMap((output): readonly Value[] => (isArrayValue(output) ? output : [output]));
  return executions.map((execution): Value => {
    const { record, stoppedAt } = execution;
    return {
      ExecutionArn: record.arn,
      Input: record.input,
      InputDetails: { Included: true },
      Name: record.name,
      ...(execution.output !== undefined && { Output: execution.output, OutputDetails: { Included: true } }),
      ...(execution.error !== undefined && { Error: execution.error }),
      ...(execution.cause !== undefined && { Cause: execution.cause }),
      RedriveCount: execution.redriveCount,
      StartDate: new Date(record.startedAt).toISOString(),
      StateMachineArn: record.machineArn,
      Status: execution.status,
      StopDate: stoppedAt === null ? "" : new Date(stoppedAt).toISOString(),
    };
  });
}
