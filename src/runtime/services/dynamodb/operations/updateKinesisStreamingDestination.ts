import type { UpdateKinesisStreamingDestinationInput, UpdateKinesisStreamingDestinationOutput } from "@aws-sdk/client-dynamodb";
import type { Call } from "../../../kernel/service.ts";
import type { DynamoDb } from "../dynamodb.ts";
import { invalid, invalidRequest } from "../errors.ts";
import { activeDestinations, badState, precisionConstraint, setDestination, streamingTable } from "../kinesisSettings.ts";

/** How exact the times of records are. */
export function updateKinesisStreamingDestination(
  dynamodb: DynamoDb,
  input: UpdateKinesisStreamingDestinationInput,
  call: Call,
): UpdateKinesisStreamingDestinationOutput {
  const { StreamArn = "", UpdateKinesisStreamingConfiguration: configuration } = input;
  const precision = configuration?.ApproximateCreationDateTimePrecision;
  const table = streamingTable(dynamodb, input, call, [precisionConstraint(precision, "updateKinesisStreamingConfiguration")]);
  if (precision === undefined)
    throw invalid(
      "Streaming destination cannot be updated with given parameters: UpdateKinesisStreamingConfiguration cannot be null or contain only null values",
    );
  const destination = activeDestinations(table).find(({ streamArn }) => streamArn === StreamArn);
  if (!destination)
    throw badState(
      `Kinesis streaming is not in ACTIVE state. Updates are only allowed in ACTIVE state. TableName: ${table.name}, kdsArn: ${StreamArn}`,
    );
  if (destination.precision === precision)
    throw invalidRequest(
      `Precision is already set to the desired value of ${precision} for tableId: ${table.tableId}, kdsArn: ${StreamArn}`,
    );
  setDestination(dynamodb, table, { ...destination, precision });
  return {
    TableName: table.name,
    StreamArn,
    DestinationStatus: "UPDATING",
    UpdateKinesisStreamingConfiguration: { ApproximateCreationDateTimePrecision: precision },
  };
}
