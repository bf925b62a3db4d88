// Provisioned concurrency is kept and told, while no environment is started ahead of what is asked.
// https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html
import type { GetProvisionedConcurrencyConfigResponse } from "@aws-sdk/client-lambda";
import { AwsError } from "../../kernel/awsError.ts";
import { aliasNotFound, conflict, functionNotFound, invalidParameter } from "./errors.ts";
import type { FunctionRecord, Provisioned } from "./function.ts";
import { functionArn } from "./function.ts";
import type { Functions } from "./functions.ts";
import type { FunctionName } from "./naming.ts";
import { versionOf } from "./store.ts";

/** The function and its version or alias that may have such a setting. */
export function provisionable(
  functions: Functions,
  given: FunctionName,
  region: string,
  refusal: string,
): { readonly record: FunctionRecord; readonly qualifier: string } {
  const { qualifier = "$LATEST" } = given;
  if (qualifier === "$LATEST") throw invalidParameter(refusal);
  const record = functions.store.findHere(given, region);
  if (record === undefined || versionOf(record, qualifier) === undefined) {
    const arn = functions.store.arnOf(given, region);
    throw /^\d+$/.test(qualifier) ? functionNotFound(arn) : aliasNotFound(arn);
  }
  return { record, qualifier };
}

/** A version is provisioned by itself or by one alias, not by both. */
export function checkProvisionedOnce({ aliases, provisioned = [] }: FunctionRecord, qualifier: string): void {
  const isOn = (one: string): boolean => provisioned.some((other) => other.qualifier === one);
  const alias = aliases.find(({ name }) => name === qualifier);
  if (alias !== undefined && isOn(alias.version))
    throw conflict("Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version");
  if (alias === undefined && aliases.some(({ name, version }) => version === qualifier && isOn(name)))
    throw conflict("Version is pointed by a Provisioned Concurrency alias");
}

export function keptProvisioned({ provisioned = [] }: FunctionRecord, qualifier: string): Provisioned {
  const found = provisioned.find((one) => one.qualifier === qualifier);
  if (found === undefined)
    throw new AwsError("ProvisionedConcurrencyConfigNotFoundException", "No Provisioned Concurrency Config found for this function", {
      status: 404,
      members: { Type: "User" },
    });
  return found;
}

export function withoutProvisioned(record: FunctionRecord, qualifier: string): FunctionRecord {
  return { ...record, provisioned: (record.provisioned ?? []).filter((one) => one.qualifier !== qualifier) };
}

export function describeProvisioned({ executions, lastModified }: Provisioned): GetProvisionedConcurrencyConfigResponse {
  return {
    RequestedProvisionedConcurrentExecutions: executions,
    AvailableProvisionedConcurrentExecutions: executions,
    AllocatedProvisionedConcurrentExecutions: executions,
    Status: "READY",
    LastModified: lastModified,
  };
}

export const noVersion = "The function resource provided must be an alias or a published version.";

export function provisionedArn(record: FunctionRecord, { qualifier }: Provisioned): string {
  return functionArn(record.latest, qualifier);
}
