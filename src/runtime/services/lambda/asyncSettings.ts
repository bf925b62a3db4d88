import type { DestinationConfig, FunctionEventInvokeConfig } from "@aws-sdk/client-lambda";
import { lambdaLimits as limits } from "../../../model/limits/lambda.ts";
import { invalidParameter, resourceNotFound, validation } from "./errors.ts";
import type { AsyncSettings, FunctionRecord } from "./function.ts";
import { functionArn } from "./function.ts";
import type { Functions } from "./functions.ts";
import type { FunctionName } from "./naming.ts";
import { versionOf } from "./store.ts";

interface Given {
  readonly MaximumRetryAttempts?: number | undefined;
  readonly MaximumEventAgeInSeconds?: number | undefined;
  readonly DestinationConfig?: DestinationConfig | undefined;
}

/** The function whose settings are meant, if it has that version or alias. */
export function asyncFunction(functions: Functions, given: FunctionName, region: string): FunctionRecord {
  const record = functions.store.findHere(given, region);
  if (record === undefined || versionOf(record, given.qualifier) === undefined) throw resourceNotFound("The function doesn't exist.");
  return record;
}

/** Where results may go; a bucket takes only failures. https://docs.aws.amazon.com/lambda/latest/api/API_DestinationConfig.html */
export function checkDestinations(config: DestinationConfig | undefined, record: FunctionRecord, functions: Functions): void {
  const onSuccess = config?.OnSuccess?.Destination;
  const onFailure = config?.OnFailure?.Destination;
  if (
    !isDestination(onSuccess, ["sqs", "sns", "lambda", "events"]) ||
    !isDestination(onFailure, ["sqs", "sns", "lambda", "events", "s3"])
  ) {
    const success = onSuccess === undefined ? "null" : `OnSuccess(destination=${onSuccess})`;
    const failure = onFailure === undefined ? "null" : `OnFailure(destination=${onFailure})`;
    throw invalidParameter(`The provided destination config DestinationConfig(onSuccess=${success}, onFailure=${failure}) is invalid.`);
  }
  for (const arn of [onSuccess, onFailure]) {
    const [, , service, region = record.latest.region, , , name = ""] = arn?.split(":") ?? [];
    if (service !== "lambda") continue;
    if (functions.store.find(name, region) === undefined) throw invalidParameter(`The destination ARN ${arn} is invalid.`);
    if (name === record.latest.name) throw invalidParameter("You can't specify the function as a destination for itself.");
  }
}

export const destinationPattern = String.raw`^$|arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\-])+:([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1})?:(\d{12})?:(.*)`;

function isDestination(arn: string | undefined, services: readonly string[]): boolean {
  return arn === undefined || arn === "" || services.includes(arn.split(":")[2] ?? "");
}

/** What PutFunctionEventInvokeConfig and UpdateFunctionEventInvokeConfig say, over what was there. */
export function asyncSettingsOf(qualifier: string, input: Given, before: AsyncSettings | undefined, now: number): AsyncSettings {
  const retries = input.MaximumRetryAttempts ?? before?.maximumRetryAttempts;
  const age = input.MaximumEventAgeInSeconds ?? before?.maximumEventAgeSeconds;
  checkBetween(retries, "maximumRetryAttempts", 0, limits.asyncRetryAttemptsMax.value);
  checkBetween(age, "maximumEventAgeInSeconds", limits.asyncEventAgeSecondsMin.value, limits.asyncEventAgeSecondsMax.value);
  const onSuccess = input.DestinationConfig === undefined ? before?.destinations.onSuccess : input.DestinationConfig.OnSuccess?.Destination;
  const onFailure = input.DestinationConfig === undefined ? before?.destinations.onFailure : input.DestinationConfig.OnFailure?.Destination;
  return {
    qualifier,
    ...(retries !== undefined && { maximumRetryAttempts: retries }),
    ...(age !== undefined && { maximumEventAgeSeconds: age }),
    destinations: {
      ...(onSuccess !== undefined && onSuccess !== "" && { onSuccess }),
      ...(onFailure !== undefined && onFailure !== "" && { onFailure }),
    },
    modifiedAt: now,
  };
}

function checkBetween(value: number | undefined, member: string, least: number, most: number): void {
  if (value === undefined) return;
  if (value < least) throw validation(value, member, `Member must have value greater than or equal to ${least}`);
  if (value > most) throw validation(value, member, `Member must have value less than or equal to ${most}`);
}

export function withAsyncSettings(record: FunctionRecord, settings: AsyncSettings): FunctionRecord {
  return {
    ...record,
    asyncSettings: [...record.asyncSettings.filter((candidate) => candidate.qualifier !== settings.qualifier), settings],
  };
}

export function findAsyncSettings(record: FunctionRecord, qualifier: string | undefined): AsyncSettings | undefined {
  return record.asyncSettings.find((candidate) => candidate.qualifier === (qualifier ?? "$LATEST"));
}

export function asyncConfiguration(record: FunctionRecord, settings: AsyncSettings): FunctionEventInvokeConfig {
  const { onSuccess, onFailure } = settings.destinations;
  return {
    LastModified: new Date(settings.modifiedAt),
    FunctionArn: functionArn(record.latest, settings.qualifier),
    ...(settings.maximumRetryAttempts !== undefined && { MaximumRetryAttempts: settings.maximumRetryAttempts }),
    ...(settings.maximumEventAgeSeconds !== undefined && { MaximumEventAgeInSeconds: settings.maximumEventAgeSeconds }),
    DestinationConfig: {
      OnSuccess: onSuccess === undefined ? {} : { Destination: onSuccess },
      OnFailure: onFailure === undefined ? {} : { Destination: onFailure },
    },
  };
}

/** The settings that a request names, with their function. */
export function keptSettings(
  functions: Functions,
  given: FunctionName,
  region: string,
): { record: FunctionRecord; settings: AsyncSettings } {
  const record = functions.store.findHere(given, region);
  const settings = record === undefined ? undefined : findAsyncSettings(record, given.qualifier);
  if (record === undefined || settings === undefined)
    throw resourceNotFound(
      `The function ${functions.store.arnOf({ ...given, qualifier: given.qualifier ?? "$LATEST" }, region)} doesn't have an EventInvokeConfig`,
    );
  return { record, settings };
}
