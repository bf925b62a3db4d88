import type { ListExportsInput, ListExportsOutput } from "@aws-sdk/client-dynamodb";
import type { Call } from "../../../kernel/service.ts";
import { atLeast, atMost, checkConstraints } from "../constraints.ts";
import type { DynamoDb } from "../dynamodb.ts";
import type { ExportJob } from "../jobs.ts";

const maxExports = 25;

export function listExports(dynamodb: DynamoDb, input: ListExportsInput, call: Call): ListExportsOutput {
  checkConstraints([atLeast(input.MaxResults, "maxResults", 1), atMost(input.MaxResults, "maxResults", maxExports)]);
  const all = dynamodb.jobs.list<ExportJob>("export", call.region, input.TableArn);
  const start = all.findIndex((job) => job.ExportArn === input.NextToken) + 1;
  const page = all.slice(start, start + (input.MaxResults ?? maxExports));
  return {
    ExportSummaries: page.map(({ ExportArn, ExportStatus, ExportType }) => ({ ExportArn, ExportStatus, ExportType })),
    ...(start + page.length < all.length && { NextToken: page.at(-1)?.ExportArn }),
  };
}
