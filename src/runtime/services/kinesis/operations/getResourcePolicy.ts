import type { GetResourcePolicyInput, GetResourcePolicyOutput } from "@aws-sdk/client-kinesis";
import { notFound, required } from "../errors.ts";
import type { Kinesis } from "../kinesis.ts";
import { resourceAt } from "../tags.ts";

export function getResourcePolicy(kinesis: Kinesis, input: GetResourcePolicyInput): GetResourcePolicyOutput {
  const arn = required(input.ResourceARN, "resourceARN");
  const { policy } = resourceAt(kinesis, arn).stream.settings;
  if (policy === null) throw notFound(`No resource policy found for resource ${arn}`);
  return { Policy: policy };
}
