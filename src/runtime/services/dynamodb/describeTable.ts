import type {
  GlobalSecondaryIndexDescription,
  LocalSecondaryIndexDescription,
  ProvisionedThroughput,
  TableDescription,
  TableStatus,
} from "@aws-sdk/client-dynamodb";
import type { Table } from "./table.ts";

/** A table as CreateTable, DescribeTable and the others answer it. */
export function describeTable(table: Table, status: TableStatus = "ACTIVE"): TableDescription {
  const { settings } = table;
  const local = settings.localIndexes.map(({ index }): LocalSecondaryIndexDescription => ({
    ...index,
    IndexArn: `${table.arn}/index/${index.IndexName ?? ""}`,
    IndexSizeBytes: table.bytes,
    ItemCount: table.itemCount,
  }));
  const global = settings.globalIndexes.map(({ index }): GlobalSecondaryIndexDescription => ({
    IndexName: index.IndexName,
    KeySchema: index.KeySchema,
    Projection: index.Projection,
    IndexStatus: "ACTIVE",
    IndexArn: `${table.arn}/index/${index.IndexName ?? ""}`,
    IndexSizeBytes: table.bytes,
    ItemCount: table.itemCount,
    ProvisionedThroughput: describeThroughput(index.ProvisionedThroughput),
  }));
  return {
    TableName: table.name,
    TableArn: table.arn,
    TableId: table.tableId,
    TableStatus: status,
    CreationDateTime: new Date(table.createdAt),
    AttributeDefinitions: [...settings.attributeDefinitions],
    KeySchema: [...settings.keySchema],
    ItemCount: table.itemCount,
    TableSizeBytes: table.bytes,
    ProvisionedThroughput: describeThroughput(settings.throughput ?? undefined),
    DeletionProtectionEnabled: settings.isDeletionProtected,
    ...(settings.billingMode === "PAY_PER_REQUEST" && {
      BillingModeSummary: { BillingMode: "PAY_PER_REQUEST", LastUpdateToPayPerRequestDateTime: new Date(table.createdAt) },
    }),
    ...(local.length > 0 && { LocalSecondaryIndexes: local }),
    ...(global.length > 0 && { GlobalSecondaryIndexes: global }),
    ...(settings.tableClass !== null && {
      TableClassSummary: { TableClass: settings.tableClass === "STANDARD_INFREQUENT_ACCESS" ? settings.tableClass : "STANDARD" },
    }),
    ...(settings.encryption?.Enabled && { SSEDescription: { Status: "ENABLED", SSEType: settings.encryption.SSEType ?? "KMS" } }),
    ...describeStream(table),
  };
}

function describeStream(table: Table): TableDescription {
  const { stream, streamLabel } = table.settings;
  const arn = streamArnOf(table);
  if (arn === null || streamLabel === null) return {};
  return { ...(stream?.StreamEnabled && { StreamSpecification: stream }), LatestStreamLabel: streamLabel, LatestStreamArn: arn };
}

export function streamArnOf(table: Table): string | null {
  const { streamLabel } = table.settings;
  return streamLabel === null ? null : `${table.arn}/stream/${streamLabel}`;
}

function describeThroughput(throughput: ProvisionedThroughput | undefined) {
  return {
    NumberOfDecreasesToday: 0,
    ReadCapacityUnits: throughput?.ReadCapacityUnits ?? 0,
    WriteCapacityUnits: throughput?.WriteCapacityUnits ?? 0,
  };
}
