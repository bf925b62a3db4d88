import type {
  GlobalSecondaryIndexDescription,
  LocalSecondaryIndexDescription,
  ProvisionedThroughput,
  TableDescription,
  TableStatus,
  WarmThroughput,
} from "@aws-sdk/client-dynamodb";
import { onDemandStart } from "./capacityMeter.ts";
import type { DynamoDb } from "./dynamodb.ts";
import type { Table } from "./table.ts";
import type { TableSettings } from "./tableSettings.ts";

/** A table as CreateTable, DescribeTable and the others answer it. */
export function describeTable(dynamodb: DynamoDb, table: Table, status: TableStatus = dynamodb.states.of(table)): TableDescription {
  const { settings } = table;
  const local = settings.localIndexes.map(({ index }): LocalSecondaryIndexDescription => ({
    ...index,
    IndexArn: `${table.arn}/index/${index.IndexName ?? ""}`,
    IndexSizeBytes: table.bytes,
    ItemCount: table.itemCount,
  }));
  const isCreating = status === "CREATING";
  const global = settings.globalIndexes.map(({ index, isBackfilling }): GlobalSecondaryIndexDescription => ({
    IndexName: index.IndexName,
    KeySchema: index.KeySchema,
    Projection: index.Projection,
    IndexStatus: isBackfilling || isCreating ? "CREATING" : "ACTIVE",
    ...(isBackfilling && { Backfilling: true }),
    ...(index.OnDemandThroughput && { OnDemandThroughput: index.OnDemandThroughput }),
    ...(index.WarmThroughput && { WarmThroughput: warmThroughput(index.WarmThroughput, settings) }),
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
    ...(settings.onDemandThroughput && { OnDemandThroughput: settings.onDemandThroughput }),
    ...(settings.billingMode === "PAY_PER_REQUEST" || settings.warmThroughput
      ? { WarmThroughput: warmThroughput(settings.warmThroughput ?? {}, settings) }
      : {}),
    ...describeReplicas(dynamodb, table),
    ...(settings.restored && {
      RestoreSummary: {
        ...(settings.restored.backupArn !== null && { SourceBackupArn: settings.restored.backupArn }),
        SourceTableArn: settings.restored.tableArn,
        RestoreDateTime: new Date(settings.restored.at),
        RestoreInProgress: isCreating,
      },
    }),
    ...describeStream(table),
  };
}

/** The other regions; AWS leaves out the one that is asked. */
function describeReplicas(dynamodb: DynamoDb, table: Table): TableDescription {
  const { replication } = table.settings;
  if (!replication) return {};
  return {
    GlobalTableVersion: "2019.11.21",
    Replicas: dynamodb.tables
      .replicasOf(table)
      .map((replica) => ({ RegionName: replica.region, ReplicaStatus: dynamodb.states.of(replica) })),
    MultiRegionConsistency: replication.isStrong ? "STRONG" : "EVENTUAL",
    ...(replication.witness !== null && { GlobalTableWitnesses: [{ RegionName: replication.witness, WitnessStatus: "ACTIVE" as const }] }),
  };
}

/** What a table can take at once without growing first; on demand at least what four partitions take. */
function warmThroughput(wanted: WarmThroughput, { billingMode, throughput }: TableSettings) {
  const isOnDemand = billingMode === "PAY_PER_REQUEST";
  return {
    ReadUnitsPerSecond: wanted.ReadUnitsPerSecond ?? (isOnDemand ? onDemandStart.read : (throughput?.ReadCapacityUnits ?? 0)),
    WriteUnitsPerSecond: wanted.WriteUnitsPerSecond ?? (isOnDemand ? onDemandStart.write : (throughput?.WriteCapacityUnits ?? 0)),
    Status: "ACTIVE" as const,
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
