import type { GlobalSecondaryIndex, ProvisionedThroughput, UpdateTableInput, UpdateTableOutput } from "@aws-sdk/client-dynamodb";
import type { Call } from "../../../kernel/service.ts";
import { AwsError } from "../../../kernel/awsError.ts";
import { checkConstraints, nameConstraints, oneOf } from "../constraints.ts";
import { describeTable } from "../describeTable.ts";
import type { DynamoDb } from "../dynamodb.ts";
import { invalid, invalidParameter, tableNotFound } from "../errors.ts";
import { followSettings, updateReplicas } from "../replicas.ts";
import { checkBilling, checkGlobalIndex, checkProjectedAttributes, tableClassConstraint } from "../tableRules.ts";
import type { IndexSettings, TableSettings } from "../tableSettings.ts";
import { transitionSeconds } from "../tableStates.ts";
import { streamLabel } from "./createTable.ts";

/** Changes settings; a new global index is filled from the items before the answer. */
export function updateTable(dynamodb: DynamoDb, input: UpdateTableInput, call: Call): UpdateTableOutput {
  checkConstraints([
    ...nameConstraints(input.TableName, "tableName"),
    oneOf(input.BillingMode, "billingMode", ["PROVISIONED", "PAY_PER_REQUEST"]),
    tableClassConstraint(input.TableClass),
  ]);
  const name = input.TableName ?? "";
  const table = dynamodb.tables.find(call.region, name);
  if (!table) throw tableNotFound(name);
  dynamodb.states.checkActive(table);
  const before = table.settings;
  const settings = changed(before, input, call.now());
  if (JSON.stringify(settings) === JSON.stringify(before) && Object.keys(input).length < 2) {
    throw invalidParameter(
      "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required",
    );
  }
  dynamodb.tables.update(table, settings);
  if (input.ReplicaUpdates || input.MultiRegionConsistency) updateReplicas(dynamodb, table, input, call.now());
  else followSettings(dynamodb, table);
  call.effect({
    action: "update",
    resource: dynamodb.tables.ref(table),
    key: table.name,
    before: JSON.stringify(before),
    after: JSON.stringify(settings),
  });
  dynamodb.states.begin(table, "UPDATING", transitionSeconds.updating);
  dynamodb.backfills.fill(table);
  return { TableDescription: describeTable(dynamodb, table, "UPDATING") };
}

function changed(before: TableSettings, input: UpdateTableInput, now: number): TableSettings {
  const billingMode = input.BillingMode ?? before.billingMode;
  if (input.BillingMode !== undefined || input.ProvisionedThroughput) {
    checkBilling(
      billingMode,
      input.ProvisionedThroughput ?? (billingMode === "PROVISIONED" ? (before.throughput ?? undefined) : undefined),
    );
  }
  if (input.ProvisionedThroughput && before.billingMode === billingMode)
    checkThroughputChanges(before.throughput, input.ProvisionedThroughput);
  const attributeDefinitions = input.AttributeDefinitions ?? before.attributeDefinitions;
  return {
    ...before,
    billingMode,
    throughput: billingMode === "PAY_PER_REQUEST" ? null : (input.ProvisionedThroughput ?? before.throughput),
    isDeletionProtected: input.DeletionProtectionEnabled ?? before.isDeletionProtected,
    tableClass: input.TableClass ?? before.tableClass,
    onDemandThroughput: input.OnDemandThroughput ?? before.onDemandThroughput ?? null,
    warmThroughput: input.WarmThroughput ?? before.warmThroughput ?? null,
    encryption: input.SSESpecification ?? before.encryption,
    ...streamAfter(before, input, now),
    attributeDefinitions,
    globalIndexes: indexesAfter(before, input),
  };
}

function checkThroughputChanges(before: ProvisionedThroughput | null, after: ProvisionedThroughput): void {
  const [reads, writes] = [before?.ReadCapacityUnits ?? 0, before?.WriteCapacityUnits ?? 0];
  if (reads !== after.ReadCapacityUnits || writes !== after.WriteCapacityUnits) return;
  throw invalid(
    `The provisioned throughput for the table will not change. The requested value equals the current value. Current ReadCapacityUnits provisioned for the table: ${reads}. Requested ReadCapacityUnits: ${reads}. Current WriteCapacityUnits provisioned for the table: ${writes}. Requested WriteCapacityUnits: ${writes}. Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.`,
  );
}

function streamAfter(before: TableSettings, input: UpdateTableInput, now: number): Pick<TableSettings, "stream" | "streamLabel"> {
  const wanted = input.StreamSpecification;
  if (!wanted) return { stream: before.stream, streamLabel: before.streamLabel };
  const isOn = before.stream?.StreamEnabled === true;
  if (wanted.StreamEnabled && isOn) throw invalid("Table already has an enabled stream: TableName");
  if (!wanted.StreamEnabled && !isOn) throw invalid("Table has no stream to disable");
  return { stream: wanted, streamLabel: wanted.StreamEnabled ? newLabel(before, now) : before.streamLabel };
}

/** A clock that stands must not give two streams of a table one label. */
function newLabel({ streamLabel: last }: TableSettings, now: number): string {
  const label = streamLabel(now);
  return last !== null && label <= last ? streamLabel(Date.parse(`${last}Z`) + 1) : label;
}

function indexesAfter(before: TableSettings, input: UpdateTableInput): IndexSettings<GlobalSecondaryIndex>[] {
  const online = (input.GlobalSecondaryIndexUpdates ?? []).filter((update) => update.Create || update.Delete);
  if (online.length > 1 || (online[0]?.Create && before.globalIndexes.some((index) => index.isBackfilling))) {
    throw new AwsError(
      "LimitExceededException",
      "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table",
    );
  }
  let indexes = [...before.globalIndexes];
  let column = Math.max(0, ...[...before.globalIndexes, ...before.localIndexes].map((index) => index.column));
  for (const { Create: create, Update: update, Delete: remove } of input.GlobalSecondaryIndexUpdates ?? []) {
    const named = (indexName: string | undefined) => indexes.find(({ index }) => index.IndexName === indexName);
    if (create) {
      if (named(create.IndexName)) throw invalid(`Attempting to create an index which already exists`);
      const index: GlobalSecondaryIndex = create;
      checkGlobalIndex(index, input.AttributeDefinitions ?? before.attributeDefinitions);
      indexes.push({ column: ++column, index });
      checkProjectedAttributes([...before.localIndexes, ...indexes].map((entry) => entry.index));
    } else if (remove) {
      if (!named(remove.IndexName)) throw indexNotFound(remove.IndexName);
      indexes = indexes.filter(({ index }) => index.IndexName !== remove.IndexName);
    } else if (update) {
      if (!named(update.IndexName)) throw indexNotFound(update.IndexName);
      indexes = indexes.map((entry) =>
        entry.index.IndexName === update.IndexName
          ? {
              ...entry,
              index: {
                ...entry.index,
                ...(update.ProvisionedThroughput && { ProvisionedThroughput: update.ProvisionedThroughput }),
                ...(update.OnDemandThroughput && { OnDemandThroughput: update.OnDemandThroughput }),
                ...(update.WarmThroughput && { WarmThroughput: update.WarmThroughput }),
              },
            }
          : entry,
      );
    }
  }
  return indexes;
}

function indexNotFound(name: string | undefined): AwsError {
  return new AwsError("ResourceNotFoundException", `Requested resource not found: Index: ${name ?? ""} not found`);
}
