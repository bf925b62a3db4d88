import type { KinesisStreamingDestinationInput, KinesisStreamingDestinationOutput } from "@aws-sdk/client-dynamodb";
import { AwsError } from "../../../kernel/awsError.ts";
import type { Call } from "../../../kernel/service.ts";
import type { DynamoDb } from "../dynamodb.ts";
import { activeDestinations, badState, precisionConstraint, setDestination, streamingTable } from "../kinesisSettings.ts";

const maxDestinations = 1;

/** From now on the table's changes go to a stream too. */
export async function enableKinesisStreamingDestination(
  dynamodb: DynamoDb,
  input: KinesisStreamingDestinationInput,
  call: Call,
): Promise<KinesisStreamingDestinationOutput> {
  const { StreamArn = "", EnableKinesisStreamingConfiguration: configuration } = input;
  const precision = configuration?.ApproximateCreationDateTimePrecision ?? "MILLISECOND";
  const table = streamingTable(dynamodb, input, call, [precisionConstraint(precision, "enableKinesisStreamingConfiguration")]);
  if (activeDestinations(table).length >= maxDestinations)
    throw badState("EnableKinesisStreamingDestination must be DISABLED or ENABLE_FAILED to perform ENABLE operation.");
  try {
    await call.invoke("kinesis", "DescribeStreamSummary", { StreamARN: StreamArn });
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new AwsError("ResourceNotFoundException", `Requested resource not found: Stream: ${StreamArn} not found. ${error.message}`);
  }
  setDestination(dynamodb, table, { streamArn: StreamArn, precision });
  return {
    TableName: table.name,
    StreamArn,
    DestinationStatus: "ENABLING",
    ...(configuration && { EnableKinesisStreamingConfiguration: { ApproximateCreationDateTimePrecision: precision } }),
  };
}
