import type { DescribeTableInput, DescribeTableOutput } from "@aws-sdk/client-dynamodb";
import type { Call } from "../../../kernel/service.ts";
import { checkConstraints, nameConstraints } from "../constraints.ts";
import { describeTable } from "../describeTable.ts";
import type { DynamoDb } from "../dynamodb.ts";
import { tableNotFound } from "../errors.ts";

export function describeTableOperation(dynamodb: DynamoDb, input: DescribeTableInput, call: Call): DescribeTableOutput {
  checkConstraints(nameConstraints(input.TableName, "tableName"));
  const name = input.TableName ?? "";
  const table = dynamodb.tables.find(call.region, name);
  if (!table) throw tableNotFound(name);
  return { Table: describeTable(dynamodb, table) };
}
