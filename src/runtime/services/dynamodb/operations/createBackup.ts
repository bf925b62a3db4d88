import type { CreateBackupInput, CreateBackupOutput } from "@aws-sdk/client-dynamodb";
import type { Call } from "../../../kernel/service.ts";
import { checkConstraints, lengthBetween, matching, nameConstraints, required } from "../constraints.ts";
import type { DynamoDb } from "../dynamodb.ts";
import { tableMissing } from "../errors.ts";
import { backupDetails } from "./describeBackup.ts";

export function createBackup(dynamodb: DynamoDb, input: CreateBackupInput, call: Call): CreateBackupOutput {
  checkConstraints([
    ...nameConstraints(input.TableName, "tableName"),
    required(input.BackupName, "backupName"),
    matching(input.BackupName, "backupName", "[a-zA-Z0-9_.-]+"),
    lengthBetween(input.BackupName, "backupName", 3, 255),
  ]);
  const table = dynamodb.tables.find(call.region, input.TableName ?? "");
  if (!table || !dynamodb.states.isThere(table)) throw tableMissing(input.TableName);
  const backup = dynamodb.backups.create(table, input.BackupName ?? "");
  call.effect({ action: "create", resource: dynamodb.tables.ref(table), key: backup.arn, after: { itemCount: backup.item_count } });
  return { BackupDetails: { ...backupDetails(backup), BackupStatus: "CREATING" } };
}
