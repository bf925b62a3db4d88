import type { DescribeContributorInsightsInput, DescribeContributorInsightsOutput } from "@aws-sdk/client-dynamodb";
import type { Call } from "../../../kernel/service.ts";
import { insightsOf, insightsTable } from "../contributorInsights.ts";
import type { DynamoDb } from "../dynamodb.ts";

export function describeContributorInsights(
  dynamodb: DynamoDb,
  input: DescribeContributorInsightsInput,
  call: Call,
): DescribeContributorInsightsOutput {
  const table = insightsTable(dynamodb, input, call);
  const { IndexName } = input;
  const insights = insightsOf(table, IndexName);
  const named = { TableName: table.name, ...(IndexName !== undefined && { IndexName }) };
  if (!insights) return { ...named, ContributorInsightsStatus: "DISABLED" };
  return {
    ...named,
    ContributorInsightsStatus: insights.isEnabled ? "ENABLED" : "DISABLED",
    ContributorInsightsMode: insights.mode,
    LastUpdateDateTime: new Date(insights.changedAt),
  };
}
