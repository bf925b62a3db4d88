import { isJsonObject, type Json, type JsonObject } from "../../../../model/json.ts";

export function text(value: Json | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

export function object(value: Json | undefined): JsonObject | undefined {
  return isJsonObject(value) ? value : undefined;
}

/** CloudFormation's tags as the API takes them. */
export function apiTags(value: Json | undefined): { key: string; value: string }[] {
  return (Array.isArray(value) ? value : []).flatMap((tag) =>
    isJsonObject(tag) ? [{ key: String(tag["Key"]), value: String(tag["Value"]) }] : [],
  );
}

/** Keys of CloudFormation begin with a capital where those of the API do not. */
export function lowerKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(lowerKeys);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [`${key.charAt(0).toLowerCase()}${key.slice(1)}`, lowerKeys(flag(key, member ?? null))]),
  );
}

/** Templates may write flags as texts. */
function flag(key: string, value: Json): Json {
  return (key === "IncludeExecutionData" || key === "Enabled") && typeof value === "string" ? value === "true" : value;
}
