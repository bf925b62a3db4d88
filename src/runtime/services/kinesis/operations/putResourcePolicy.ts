import type { PutResourcePolicyInput } from "@aws-sdk/client-kinesis";
import { required } from "../errors.ts";
import type { Kinesis } from "../kinesis.ts";
import { resourceAt } from "../tags.ts";

/** Kept, not enforced. */
export function putResourcePolicy(kinesis: Kinesis, input: PutResourcePolicyInput): void {
  resourceAt(kinesis, required(input.ResourceARN, "resourceARN")).stream.change({ policy: required(input.Policy, "policy") });
}
