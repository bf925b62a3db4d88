// What a person may do to a whole table: AWS operations where AWS has one.
import { isJsonObject, type JsonObject } from "../../../model/json.ts";
import { StudioError } from "../../../model/studioApi.ts";
import { call } from "../../app/api.ts";
import { attempt, notify } from "../../app/stores/notices.ts";
import type { DataResource } from "../dataActions.ts";
import { t } from "../../app/texts/texts.ts";
import { verbatim } from "../../../model/words.ts";

/** Says whether it worked; if not, a notice has said why. */
async function operate(
  what: string,
  { region, name }: DataResource,
  operation: string,
  input: JsonObject,
): Promise<JsonObject | undefined> {
  return attempt(what, async () => {
    const answer = await call("request.operation", { service: "dynamodb", operation, region, input: { TableName: name, ...input } });
    if (answer.error !== null) throw new StudioError(answer.error.code, verbatim(`${answer.error.code}: ${answer.error.message}`));
    return isJsonObject(answer.output) ? answer.output : {};
  });
}

export function enforceCapacity(table: DataResource, EnforceCapacity: boolean): Promise<JsonObject | undefined> {
  return operate(t("Change the capacity switch"), table, "SetSimulation", { EnforceCapacity });
}

export function setRealisticStates(table: DataResource, areRealistic: boolean): Promise<JsonObject | undefined> {
  return operate(t("Change how tables take their time"), table, "SetSimulation", { TableStates: areRealistic ? "realistic" : "instant" });
}

export function setRecovery(table: DataResource, PointInTimeRecoveryEnabled: boolean): Promise<JsonObject | undefined> {
  return operate(t("Change recovery"), table, "UpdateContinuousBackups", {
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled },
  });
}

export async function restoreTo(table: DataResource, targetName: string, at: number | null): Promise<boolean> {
  const when: JsonObject = at === null ? { UseLatestRestorableTime: true } : { RestoreDateTime: new Date(at).toISOString() };
  const { TableName: _, ...input } = { TableName: "", SourceTableName: table.name, TargetTableName: targetName, ...when };
  return told(
    await operate(t("Restore the table"), table, "RestoreTableToPointInTime", input),
    t("Restored as {{targetName}}", { targetName }),
  );
}

export async function restoreBackup(table: DataResource, BackupArn: string, TargetTableName: string): Promise<boolean> {
  return told(
    await operate(t("Restore the backup"), table, "RestoreTableFromBackup", { BackupArn, TargetTableName }),
    t("Restored as {{TargetTableName}}", { TargetTableName }),
  );
}

export async function backUp(table: DataResource, BackupName: string): Promise<boolean> {
  return told(
    await operate(t("Back up the table"), table, "CreateBackup", { BackupName }),
    t("Backed up as {{BackupName}}", { BackupName }),
  );
}

export function deleteBackup(table: DataResource, BackupArn: string): Promise<JsonObject | undefined> {
  return operate(t("Delete the backup"), table, "DeleteBackup", { BackupArn });
}

function told(output: JsonObject | undefined, title: string): boolean {
  if (output !== undefined) notify({ tone: "ok", title });
  return output !== undefined;
}

const ITEMS_AT_ONCE = 500;

/** Puts items, given in attribute values. Says how many it put: fewer than given when one was refused. */
export async function putItems(table: DataResource, items: readonly JsonObject[]): Promise<number> {
  let count = 0;
  for (; count < items.length; count += ITEMS_AT_ONCE) {
    const piece = items.slice(count, count + ITEMS_AT_ONCE);
    if ((await operate(t("Import the items"), table, "PutItems", { Items: piece })) === undefined) return count;
  }
  return items.length;
}
