import type { DescribeKinesisStreamingDestinationInput, DescribeKinesisStreamingDestinationOutput } from "@aws-sdk/client-dynamodb";
import type { Call } from "../../../kernel/service.ts";
import { checkConstraints, nameConstraints } from "../constraints.ts";
import type { DynamoDb } from "../dynamodb.ts";

/** No table writes to Kinesis yet. */
export function describeKinesisStreamingDestination(
  dynamodb: DynamoDb,
  input: DescribeKinesisStreamingDestinationInput,
  call: Call,
): DescribeKinesisStreamingDestinationOutput {
  checkConstraints(nameConstraints(input.TableName, "tableName"));
  const table = dynamodb.tables.get(call.region, input.TableName ?? "");
  return { TableName: table.name, KinesisDataStreamDestinations: [] };
}
