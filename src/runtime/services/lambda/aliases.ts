import type { AliasConfiguration } from "@aws-sdk/client-lambda";
import { AwsError } from "../../kernel/awsError.ts";
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
    ...(alias.weight !== undefined && { RoutingConfig: { AdditionalVersionWeights: { [alias.weight.version]: alias.weight.share } } }),
  };
}

/** The versions that an alias may point at, checked. */
export function aliasTarget(
  record: FunctionRecord,
  version: string | undefined,
  weights: Readonly<Record<string, number>> = {},
): Pick<Alias, "version" | "weight"> {
  if (version === undefined) throw invalidParameter("FunctionVersion is mandatory.");
  const others = Object.entries(weights);
  const [other] = others;
  if (others.length > 1) throw invalidParameter("Number of items in AdditionalVersionWeights cannot be greater than 1");
  if (other !== undefined && other[0] === version)
    throw invalidParameter(
      `Invalid function version ${version}. Function version ${version} is already included in routing configuration.`,
    );
  if (other !== undefined && version === "$LATEST")
    throw new AwsError("InvalidParameterValueException", "$LATEST is not supported for an alias pointing to more than 1 version");
  for (const one of [version, ...Object.keys(weights)])
    if (!/^(?:\$LATEST|\d+)$/.test(one) || versionOf(record, one) === undefined) throw functionNotFound(functionArn(record.latest, one));
  return { version, ...(other !== undefined && { weight: { version: other[0], share: Number(other[1]) } }) };
}
