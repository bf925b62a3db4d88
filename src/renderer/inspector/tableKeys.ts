// The keys of a table: KeySchema and AttributeDefinitions change together.
import type { DesignResource } from "../../model/design/design.ts";
import { isJsonObject, type Json } from "../../model/json.ts";
import { changeDesign } from "../app/stores/design.ts";
import { valueAt } from "./propertyControls.ts";
import { t } from "../app/texts/texts.ts";

export interface Key {
  readonly name: string;
  readonly role: "HASH" | "RANGE";
}

export function saveKeys(resource: DesignResource, keys: readonly Key[], types: ReadonlyMap<string, string>): boolean {
  const names = [...new Set([...keys.map((key) => key.name), ...indexAttributes(resource)])];
  return changeDesign(
    t("Change the keys of {{id}}", { id: resource.id }),
    {
      type: "setProperty",
      id: resource.id,
      path: "Properties.KeySchema",
      value: keys.map((key) => ({ AttributeName: key.name, KeyType: key.role })),
    },
    {
      type: "setProperty",
      id: resource.id,
      path: "Properties.AttributeDefinitions",
      value: names.map((name) => ({ AttributeName: name, AttributeType: types.get(name) ?? "S" })),
    },
  );
}

export function keysOf(schema: Json | undefined): readonly Key[] {
  if (!Array.isArray(schema)) return [];
  return schema.flatMap((key): Key[] =>
    isJsonObject(key) && typeof key["AttributeName"] === "string"
      ? [{ name: key["AttributeName"], role: key["KeyType"] === "RANGE" ? "RANGE" : "HASH" }]
      : [],
  );
}

export function attributesOf(definitions: Json | undefined): ReadonlyMap<string, string> {
  if (!Array.isArray(definitions)) return new Map();
  return new Map(
    definitions.flatMap((one): [string, string][] =>
      isJsonObject(one) && typeof one["AttributeName"] === "string" ? [[one["AttributeName"], String(one["AttributeType"] ?? "S")]] : [],
    ),
  );
}

/** Attributes that indexes use: AWS wants exactly the attributes that are keys somewhere. */
function indexAttributes(resource: DesignResource): readonly string[] {
  return ["GlobalSecondaryIndexes", "LocalSecondaryIndexes"].flatMap((name) => {
    const indexes = valueAt(resource.properties, name);
    return Array.isArray(indexes)
      ? indexes.flatMap((index) => (isJsonObject(index) ? keysOf(index["KeySchema"]).map((key) => key.name) : []))
      : [];
  });
}
