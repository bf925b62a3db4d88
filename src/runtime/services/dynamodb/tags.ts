import { AwsError } from "../../kernel/awsError.ts";
import type { DynamoDb } from "./dynamodb.ts";
import { invalidParameter } from "./errors.ts";
import type { Table } from "./table.ts";

export function taggedTable(dynamodb: DynamoDb, arn: string | undefined): Table {
  if (arn === undefined || !/^arn:[^:]+:dynamodb:[^:]*:\d*:table\//.test(arn)) throw invalidParameter(`Invalid ResourceArn: ${arn ?? ""}`);
  const table = dynamodb.tables.findByArn(arn);
  if (!table) throw new AwsError("ResourceNotFoundException", `Requested resource not found: ResourcArn: ${arn} not found`);
  return table;
}
