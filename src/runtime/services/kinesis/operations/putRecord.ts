import type { PutRecordInput, PutRecordOutput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../kernel/service.ts";
import type { Kinesis } from "../kinesis.ts";
import { streamAt } from "../kinesis.ts";
import { checkEntry, write } from "../put.ts";

export function putRecord(kinesis: Kinesis, input: PutRecordInput, call: Call): PutRecordOutput {
  const stream = streamAt(kinesis, input, call.region);
  const entry = checkEntry(stream, input, "", 0);
  const [written] = write(kinesis, stream, [entry], call);
  if (written === undefined || written.refusal !== undefined) throw written?.refusal ?? new Error("Nothing was written");
  return {
    SequenceNumber: written.SequenceNumber,
    ShardId: written.ShardId,
    EncryptionType: stream.settings.keyId === null ? "NONE" : "KMS",
  };
}
