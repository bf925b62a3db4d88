import type { DescribeEndpointsResponse } from "@aws-sdk/client-dynamodb";
import type { DynamoDb } from "../dynamodb.ts";

export function describeEndpoints(dynamodb: DynamoDb): DescribeEndpointsResponse {
  return { Endpoints: [{ Address: dynamodb.environment.endpoint().replace(/^https?:\/\//, ""), CachePeriodInMinutes: 1440 }] };
}
