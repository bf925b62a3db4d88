import type { StartStreamEncryptionInput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../kernel/service.ts";
import { required } from "../errors.ts";
import type { Kinesis } from "../kinesis.ts";
import { streamAt } from "../kinesis.ts";

/** Kept, not applied. */
export function startStreamEncryption(kinesis: Kinesis, input: StartStreamEncryptionInput, call: Call): void {
  streamAt(kinesis, input, call.region).change({ keyId: required(input.KeyId, "keyId") });
}
