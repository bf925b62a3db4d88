import type { PutRecordsInput, PutRecordsOutput } from "@aws-sdk/client-kinesis";
import { kinesisLimits as limits } from "../../../../model/limits/kinesis.ts";
import type { Call } from "../../../kernel/service.ts";
import { invalidArgument, required, validation } from "../errors.ts";
import type { Kinesis } from "../kinesis.ts";
import { streamAt } from "../kinesis.ts";
import { checkEntry, write } from "../put.ts";

export function putRecords(kinesis: Kinesis, input: PutRecordsInput, call: Call): PutRecordsOutput {
  const records = required(input.Records, "records");
  if (records.length === 0) throw validation("[]", "records", "Member must have length greater than or equal to 1");
  if (records.length > limits.putRecords.value)
    throw validation(`[${records.length} records]`, "records", `Member must have length less than or equal to ${limits.putRecords.value}`);
  const stream = streamAt(kinesis, input, call.region);
  const entries = records.map((record, index) => checkEntry(stream, record, "records.", index + 1));
  const bytes = entries.reduce((sum, { data, partitionKey }) => sum + data.byteLength + Buffer.byteLength(partitionKey), 0);
  if (bytes > limits.putBytes.value) throw invalidArgument(`Records size exceeds ${limits.putBytes.value / 1_048_576} MB limit`);
  return {
    FailedRecordCount: 0,
    Records: write(kinesis, stream, entries, call),
    EncryptionType: stream.settings.keyId === null ? "NONE" : "KMS",
  };
}
