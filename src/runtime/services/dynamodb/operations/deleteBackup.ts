import type { DeleteBackupInput, DeleteBackupOutput } from "@aws-sdk/client-dynamodb";
import type { Call } from "../../../kernel/service.ts";
import { checkConstraints, required } from "../constraints.ts";
import type { DynamoDb } from "../dynamodb.ts";
import { backupDescription, backupNamed } from "./describeBackup.ts";

export function deleteBackup(dynamodb: DynamoDb, input: DeleteBackupInput, _call: Call): DeleteBackupOutput {
  checkConstraints([required(input.BackupArn, "backupArn")]);
  const backup = backupNamed(dynamodb, input.BackupArn);
  const description = backupDescription(backup);
  dynamodb.backups.delete(backup);
  return {
    BackupDescription: {
      ...description,
      BackupDetails: description.BackupDetails && { ...description.BackupDetails, BackupStatus: "DELETED" },
    },
  };
}
