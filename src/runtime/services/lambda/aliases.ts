import type { AliasConfiguration } from "@aws-sdk/client-lambda";
import { functionNotFound, invalidParameter } from "./errors.ts";
import type { Alias, FunctionRecord } from "./function.ts";
import { functionArn } from "./function.ts";
import { versionOf } from "./store.ts";

export function aliasConfigurationOf(record: FunctionRecord, alias: Alias): AliasConfiguration {
  return {
    AliasArn: functionArn(record.latest, alias.name),
    Name: alias.name,
    FunctionVersion: alias.version,
    Description: alias.description,
    RevisionId: alias.revisionId,
  };
}

/** The version that an alias may point at, checked. */
export function aliasTarget(record: FunctionRecord, version: string | undefined): string {
  if (version === undefined) throw invalidParameter("FunctionVersion is mandatory.");
  if (!/^(?:\$LATEST|\d+)$/.test(version) || versionOf(record, version) === undefined)
    throw functionNotFound(functionArn(record.latest, version));
  return version;
}
