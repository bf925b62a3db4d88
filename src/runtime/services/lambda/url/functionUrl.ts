import type { Cors, FunctionUrlAuthType, FunctionUrlConfig, InvokeMode } from "@aws-sdk/client-lambda";
import type { Call } from "../../../kernel/service.ts";
import { conflict, resourceNotFound } from "../errors.ts";
import type { FunctionRecord, FunctionUrl, FunctionUrlCors } from "../function.ts";
import { functionArn } from "../function.ts";
import type { Functions } from "../functions.ts";
import type { FunctionName } from "../naming.ts";
import { aliasOf } from "../store.ts";

export interface FunctionUrlSettings {
  readonly authType?: FunctionUrlAuthType;
  readonly invokeMode?: InvokeMode;
  readonly cors?: Cors;
}

/** Makes the URL of a function or of one of its aliases. */
export function addUrl(
  functions: Functions,
  record: FunctionRecord,
  qualifier: string | undefined,
  settings: FunctionUrlSettings,
  call: Call,
): FunctionUrl {
  if (qualifier !== undefined) aliasOf(record, qualifier);
  if (record.urls.some((url) => url.qualifier === qualifier)) {
    throw conflict(
      `Failed to create function url config for [functionArn = ${functionArn(record.latest, qualifier)}]. Error message:  FunctionUrlConfig exists for this Lambda function`,
    );
  }
  const now = new Date(call.now()).toISOString();
  const url: FunctionUrl = {
    urlId: call.kernel.ids.hex(32),
    ...(qualifier !== undefined && { qualifier }),
    authType: settings.authType ?? "NONE",
    invokeMode: settings.invokeMode ?? "BUFFERED",
    ...(settings.cors !== undefined && { cors: corsOf(settings.cors) }),
    createdAt: now,
    modifiedAt: now,
  };
  functions.save({ ...record, urls: [...record.urls, url] });
  return url;
}

export function changeUrl(
  functions: Functions,
  record: FunctionRecord,
  before: FunctionUrl,
  settings: FunctionUrlSettings,
  call: Call,
): FunctionUrl {
  const url: FunctionUrl = {
    ...before,
    authType: settings.authType ?? before.authType,
    invokeMode: settings.invokeMode ?? before.invokeMode,
    ...(settings.cors !== undefined && { cors: corsOf(settings.cors) }),
    modifiedAt: new Date(call.now()).toISOString(),
  };
  functions.save({ ...record, urls: record.urls.map((candidate) => (candidate.urlId === url.urlId ? url : candidate)) });
  return url;
}

/** The function that a URL is to be made or changed of, with the alias that is named. */
export function urlFunction(functions: Functions, given: FunctionName, region: string): FunctionRecord {
  const record = functions.store.findHere(given, region);
  const { qualifier } = given;
  if (record === undefined || (qualifier !== undefined && !record.aliases.some((alias) => alias.name === qualifier)))
    throw resourceNotFound("Function does not exist");
  return record;
}

export function urlOf(record: FunctionRecord | undefined, qualifier: string | undefined): { record: FunctionRecord; url: FunctionUrl } {
  const url = record?.urls.find((candidate) => candidate.qualifier === qualifier);
  if (record === undefined || url === undefined) throw resourceNotFound("The resource you requested does not exist.");
  return { record, url };
}

/** As on AWS; requests with this Host are answered at the endpoint. */
export function urlText(url: FunctionUrl, region: string): string {
  return `https://${url.urlId}.lambda-url.${region}.on.aws/`;
}

export function urlConfiguration(
  record: FunctionRecord,
  url: FunctionUrl,
): Required<Pick<FunctionUrlConfig, "FunctionUrl" | "FunctionArn" | "CreationTime" | "LastModifiedTime" | "AuthType">> & FunctionUrlConfig {
  return {
    FunctionUrl: urlText(url, record.latest.region),
    FunctionArn: functionArn(record.latest, url.qualifier),
    CreationTime: url.createdAt,
    LastModifiedTime: url.modifiedAt,
    AuthType: url.authType,
    InvokeMode: url.invokeMode,
    ...(url.cors !== undefined && { Cors: url.cors as Cors }),
  };
}

function corsOf(cors: Cors): FunctionUrlCors {
  return {
    ...(cors.AllowCredentials !== undefined && { AllowCredentials: cors.AllowCredentials }),
    ...(cors.AllowHeaders !== undefined && { AllowHeaders: cors.AllowHeaders }),
    ...(cors.AllowMethods !== undefined && { AllowMethods: cors.AllowMethods }),
    ...(cors.AllowOrigins !== undefined && { AllowOrigins: cors.AllowOrigins }),
    ...(cors.ExposeHeaders !== undefined && { ExposeHeaders: cors.ExposeHeaders }),
    ...(cors.MaxAge !== undefined && { MaxAge: cors.MaxAge }),
  };
}
