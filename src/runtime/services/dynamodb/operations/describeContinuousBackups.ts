import type {
  ContinuousBackupsDescription,
  DescribeContinuousBackupsInput,
  DescribeContinuousBackupsOutput,
} from "@aws-sdk/client-dynamodb";
import type { Call } from "../../../kernel/service.ts";
import { checkConstraints, nameConstraints } from "../constraints.ts";
import type { DynamoDb } from "../dynamodb.ts";
import { tableMissing } from "../errors.ts";
import type { Table } from "../table.ts";

export function describeContinuousBackups(
  dynamodb: DynamoDb,
  input: DescribeContinuousBackupsInput,
  call: Call,
): DescribeContinuousBackupsOutput {
  checkConstraints(nameConstraints(input.TableName, "tableName"));
  const table = dynamodb.tables.find(call.region, input.TableName ?? "");
  if (!table) throw tableMissing(input.TableName);
  return { ContinuousBackupsDescription: continuousBackupsOf(table, call.now()) };
}

/** AWS can restore up to five minutes ago, Contrail up to now. */
export function continuousBackupsOf({ history, settings }: Table, now: number): ContinuousBackupsDescription {
  return {
    ContinuousBackupsStatus: "ENABLED",
    PointInTimeRecoveryDescription: history
      ? {
          PointInTimeRecoveryStatus: "ENABLED",
          RecoveryPeriodInDays: settings.recovery?.days,
          EarliestRestorableDateTime: new Date(history.earliest()),
          LatestRestorableDateTime: new Date(now),
        }
      : { PointInTimeRecoveryStatus: "DISABLED" },
  };
}
