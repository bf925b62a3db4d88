import type { UpdateMaxRecordSizeInput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../kernel/service.ts";
import { required } from "../errors.ts";
import type { Kinesis } from "../kinesis.ts";
import { streamAt } from "../kinesis.ts";

export function updateMaxRecordSize(kinesis: Kinesis, input: UpdateMaxRecordSizeInput, call: Call): void {
  const kibibytes = required(input.MaxRecordSizeInKiB, "maxRecordSizeInKiB");
  streamAt(kinesis, input, call.region).change({ maxRecordBytes: kibibytes * 1024 });
}
