import type { DescribeStreamSummaryInput, DescribeStreamSummaryOutput } from "@aws-sdk/client-kinesis";
import type { Call } from "../../../kernel/service.ts";
import { describeStream } from "../describe.ts";
import type { Kinesis } from "../kinesis.ts";
import { streamAt } from "../kinesis.ts";

export function describeStreamSummary(kinesis: Kinesis, input: DescribeStreamSummaryInput, call: Call): DescribeStreamSummaryOutput {
  const stream = streamAt(kinesis, input, call.region);
  return { StreamDescriptionSummary: describeStream(stream, kinesis.consumers.all(stream).length) };
}
