import type { ImportSummary, ListImportsInput, ListImportsOutput } from "@aws-sdk/client-dynamodb";
import type { Call } from "../../../kernel/service.ts";
import { atLeast, atMost, checkConstraints } from "../constraints.ts";
import type { DynamoDb } from "../dynamodb.ts";
import { dated, type ImportJob } from "../jobs.ts";

const maxImports = 25;

export function listImports(dynamodb: DynamoDb, input: ListImportsInput, call: Call): ListImportsOutput {
  checkConstraints([atLeast(input.PageSize, "pageSize", 1), atMost(input.PageSize, "pageSize", maxImports)]);
  const all = dynamodb.jobs.list<ImportJob>("import", call.region, input.TableArn);
  const start = all.findIndex((job) => job.ImportArn === input.NextToken) + 1;
  const page = all.slice(start, start + (input.PageSize ?? maxImports));
  return {
    ImportSummaryList: page.map((job): ImportSummary => {
      const { ImportArn, ImportStatus, TableArn, S3BucketSource, InputFormat, StartTime, EndTime } = { EndTime: undefined, ...dated(job) };
      return { ImportArn, ImportStatus, TableArn, S3BucketSource, InputFormat, StartTime, EndTime };
    }),
    ...(start + page.length < all.length && { NextToken: page.at(-1)?.ImportArn }),
  };
}
