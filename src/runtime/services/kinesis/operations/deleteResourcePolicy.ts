import type { DeleteResourcePolicyInput } from "@aws-sdk/client-kinesis";
import { required } from "../errors.ts";
import type { Kinesis } from "../kinesis.ts";
import { resourceAt } from "../tags.ts";

export function deleteResourcePolicy(kinesis: Kinesis, input: DeleteResourcePolicyInput): void {
  resourceAt(kinesis, required(input.ResourceARN, "resourceARN")).stream.change({ policy: null });
}
