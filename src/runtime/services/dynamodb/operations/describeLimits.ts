import type { DescribeLimitsOutput } from "@aws-sdk/client-dynamodb";
import { dynamodbLimits as limits } from "../../../../model/limits/dynamodb.ts";

export function describeLimits(): DescribeLimitsOutput {
  return {
    AccountMaxReadCapacityUnits: 2 * limits.readCapacityUnitsPerTable.value,
    AccountMaxWriteCapacityUnits: 2 * limits.writeCapacityUnitsPerTable.value,
    TableMaxReadCapacityUnits: limits.readCapacityUnitsPerTable.value,
    TableMaxWriteCapacityUnits: limits.writeCapacityUnitsPerTable.value,
  };
}
