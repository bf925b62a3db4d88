import type { DescribeKinesisStreamingDestinationInput, DescribeKinesisStreamingDestinationOutput } from "@aws-sdk/client-dynamodb";
import type { Call } from "../../../kernel/service.ts";
import { checkConstraints, nameConstraints } from "../constraints.ts";
import type { DynamoDb } from "../dynamodb.ts";

export function describeKinesisStreamingDestination(
  dynamodb: DynamoDb,
  input: DescribeKinesisStreamingDestinationInput,
  call: Call,
): DescribeKinesisStreamingDestinationOutput {
  checkConstraints(nameConstraints(input.TableName, "tableName"));
  const { name, settings } = dynamodb.tables.get(call.region, input.TableName ?? "");
  return {
    TableName: name,
    KinesisDataStreamDestinations: (settings.kinesis ?? []).map(({ streamArn, precision, isDisabled }) => ({
      StreamArn: streamArn,
      DestinationStatus: isDisabled ? "DISABLED" : "ACTIVE",
      ApproximateCreationDateTimePrecision: precision,
    })),
  };
}
