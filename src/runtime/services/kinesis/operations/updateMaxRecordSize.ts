import type { UpdateMaxRecordSizeInput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../kernel/service.ts";
import { between, required } from "../errors.ts";
import type { Kinesis } from "../kinesis.ts";
import { streamAt } from "../kinesis.ts";

export function updateMaxRecordSize(kinesis: Kinesis, input: UpdateMaxRecordSizeInput, call: Call): void {
  const kibibytes = between(required(input.MaxRecordSizeInKiB, "maxRecordSizeInKiB"), "maxRecordSizeInKiB", 1024, 10_240);
  streamAt(kinesis, input, call.region).change({ maxRecordBytes: kibibytes * 1024 });
}
