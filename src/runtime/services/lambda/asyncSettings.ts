import type { DestinationConfig, FunctionEventInvokeConfig } from "@aws-sdk/client-lambda";
import { validation } from "./errors.ts";
import type { AsyncSettings, FunctionRecord } from "./function.ts";
import { functionArn } from "./function.ts";

interface Given {
  readonly MaximumRetryAttempts?: number | undefined;
  readonly MaximumEventAgeInSeconds?: number | undefined;
  readonly DestinationConfig?: DestinationConfig | undefined;
}

/** What PutFunctionEventInvokeConfig and UpdateFunctionEventInvokeConfig say, over what was there. */
export function asyncSettingsOf(qualifier: string, input: Given, before: AsyncSettings | undefined, now: number): AsyncSettings {
  const retries = input.MaximumRetryAttempts ?? before?.maximumRetryAttempts ?? 2;
  const age = input.MaximumEventAgeInSeconds ?? before?.maximumEventAgeSeconds ?? 21_600;
  if (retries < 0) throw validation(retries, "maximumRetryAttempts", "Member must have value greater than or equal to 0");
  if (retries > 2) throw validation(retries, "maximumRetryAttempts", "Member must have value less than or equal to 2");
  if (age < 60) throw validation(age, "maximumEventAgeInSeconds", "Member must have value greater than or equal to 60");
  if (age > 21_600) throw validation(age, "maximumEventAgeInSeconds", "Member must have value less than or equal to 21600");
  const onSuccess = input.DestinationConfig === undefined ? before?.destinations.onSuccess : input.DestinationConfig.OnSuccess?.Destination;
  const onFailure = input.DestinationConfig === undefined ? before?.destinations.onFailure : input.DestinationConfig.OnFailure?.Destination;
  return {
    qualifier,
    maximumRetryAttempts: retries,
    maximumEventAgeSeconds: age,
    destinations: { ...(onSuccess !== undefined && { onSuccess }), ...(onFailure !== undefined && { onFailure }) },
    modifiedAt: now,
  };
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
    MaximumRetryAttempts: settings.maximumRetryAttempts,
    MaximumEventAgeInSeconds: settings.maximumEventAgeSeconds,
    DestinationConfig: {
      OnSuccess: onSuccess === undefined ? {} : { Destination: onSuccess },
      OnFailure: onFailure === undefined ? {} : { Destination: onFailure },
    },
  };
}
