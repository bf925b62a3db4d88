import type { StopStreamEncryptionInput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../kernel/service.ts";
import type { Kinesis } from "../kinesis.ts";
import { streamAt } from "../kinesis.ts";

export function stopStreamEncryption(kinesis: Kinesis, input: StopStreamEncryptionInput, call: Call): void {
  streamAt(kinesis, input, call.region).change({ keyId: null });
}
