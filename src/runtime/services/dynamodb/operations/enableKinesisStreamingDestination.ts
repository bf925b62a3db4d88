import type { KinesisStreamingDestinationInput, KinesisStreamingDestinationOutput } from "@aws-sdk/client-dynamodb";
import { AwsError } from "../../../kernel/awsError.ts";
import type { Call } from "../../../kernel/service.ts";
import { checkConstraints, nameConstraints, oneOf, required } from "../constraints.ts";
import type { DynamoDb } from "../dynamodb.ts";
import { invalid } from "../errors.ts";

const maxDestinations = 1;

/** From now on the table's changes go to a stream too. */
export async function enableKinesisStreamingDestination(
  dynamodb: DynamoDb,
  input: KinesisStreamingDestinationInput,
  call: Call,
): Promise<KinesisStreamingDestinationOutput> {
  const { StreamArn = "", EnableKinesisStreamingConfiguration: configuration } = input;
  const precision = configuration?.ApproximateCreationDateTimePrecision ?? "MILLISECOND";
  checkConstraints([
    ...nameConstraints(input.TableName, "tableName"),
    required(input.StreamArn, "streamArn"),
    oneOf(precision, "enableKinesisStreamingConfiguration.approximateCreationDateTimePrecision", ["MILLISECOND", "MICROSECOND"]),
  ]);
  const table = dynamodb.tables.get(call.region, input.TableName ?? "");
  const known = table.settings.kinesis ?? [];
  if (known.some(({ streamArn }) => streamArn === StreamArn) || known.length >= maxDestinations)
    throw invalid(
      "Table is not in a valid state to enable Kinesis Streaming Destination: KinesisStreamingDestination must be DISABLED or ENABLE_FAILED to perform ENABLE operation.",
    );
  try {
    await call.invoke("kinesis", "DescribeStreamSummary", { StreamARN: StreamArn });
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new AwsError("ResourceNotFoundException", `Requested resource not found: Stream: ${StreamArn} not found. ${error.message}`);
  }
  dynamodb.tables.update(table, { ...table.settings, kinesis: [...known, { streamArn: StreamArn, precision }] });
  return {
    TableName: table.name,
    StreamArn,
    DestinationStatus: "ENABLING",
    EnableKinesisStreamingConfiguration: { ApproximateCreationDateTimePrecision: precision },
  };
}
