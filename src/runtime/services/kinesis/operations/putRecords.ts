import type { PutRecordsInput, PutRecordsOutput } from "@aws-sdk/client-kinesis";
import { kinesisLimits as limits } from "../../../../model/limits/kinesis.ts";
import type { Call } from "../../../kernel/service.ts";
import { invalidArgument, required } from "../errors.ts";
import type { Kinesis } from "../kinesis.ts";
import { streamAt } from "../kinesis.ts";
import { checkEntry, write } from "../put.ts";

export function putRecords(kinesis: Kinesis, input: PutRecordsInput, call: Call): PutRecordsOutput {
  const records = required(input.Records, "records");
  const stream = streamAt(kinesis, input, call.region);
  const entries = records.map((record, index) => checkEntry(stream, record, "records.", index + 1));
  const bytes = entries.reduce((sum, { data, partitionKey }) => sum + data.byteLength + Buffer.byteLength(partitionKey), 0);
  if (bytes > limits.putBytes.value) throw invalidArgument(`Records size exceeds ${limits.putBytes.value / 1_048_576} MB limit`);
  const written = write(kinesis, stream, entries, call);
  return {
    FailedRecordCount: written.filter(({ refusal }) => refusal !== undefined).length,
    Records: written.map((one) => (one.refusal === undefined ? one : { ErrorCode: one.refusal.code, ErrorMessage: one.refusal.message })),
    EncryptionType: stream.settings.keyId === null ? "NONE" : "KMS",
  };
}
