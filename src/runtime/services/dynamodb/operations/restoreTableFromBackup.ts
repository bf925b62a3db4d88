import type { RestoreTableFromBackupInput, RestoreTableFromBackupOutput } from "@aws-sdk/client-dynamodb";
import type { Call } from "../../../kernel/service.ts";
import { checkConstraints, nameConstraints, required } from "../constraints.ts";
import type { DynamoDb } from "../dynamodb.ts";
import { restoreTable } from "../restore.ts";
import { backupNamed } from "./describeBackup.ts";

export function restoreTableFromBackup(dynamodb: DynamoDb, input: RestoreTableFromBackupInput, call: Call): RestoreTableFromBackupOutput {
  checkConstraints([...nameConstraints(input.TargetTableName, "targetTableName"), required(input.BackupArn, "backupArn")]);
  const backup = backupNamed(dynamodb, input.BackupArn);
  return {
    TableDescription: restoreTable(
      dynamodb,
      {
        name: input.TargetTableName ?? "",
        settings: backup.settings,
        overrides: input,
        from: { tableArn: backup.table_arn, backupArn: backup.arn, at: call.now() },
        copy: (to) =>
          dynamodb.database.exec(
            `INSERT INTO ${to} (bucket, hash, range, item, bytes) SELECT bucket, hash, range, item, bytes FROM ${backup.sqlName}`,
          ),
      },
      call,
    ),
  };
}
