import { KeyRound } from "lucide-react";
import type { DesignResource } from "../../model/design/design.ts";
import { isJsonObject, type Json } from "../../model/json.ts";
import type { PropertyDefinition } from "../../model/service.ts";
import { changeDesign } from "../app/stores/design.ts";
import { Section } from "../app/ui/Section.tsx";
import { Select } from "../app/ui/Select.tsx";
import { TextField } from "../app/ui/TextField.tsx";
import { Tooltip } from "../app/ui/Tooltip.tsx";
import { valueAt } from "./propertyControls.ts";

const types = [
  { value: "S", title: "text", detail: "S" },
  { value: "N", title: "number", detail: "N" },
  { value: "B", title: "binary", detail: "B" },
];

interface Key {
  readonly name: string;
  readonly role: "HASH" | "RANGE";
}

/** Partition and sort key of a table, with their types: KeySchema and AttributeDefinitions change together. */
export function KeySchema({ resource, property }: { resource: DesignResource; property: PropertyDefinition }) {
  const keys = keysOf(valueAt(resource.properties, property.path));
  const attributes = attributesOf(valueAt(resource.properties, "AttributeDefinitions"));
  const partition = keys.find((key) => key.role === "HASH");
  const sort = keys.find((key) => key.role === "RANGE");

  const save = (next: readonly Key[], types_: ReadonlyMap<string, string>): void => {
    const usedElsewhere = indexAttributes(resource);
    const names = [...new Set([...next.map((key) => key.name), ...usedElsewhere])];
    changeDesign(
      `Change the keys of ${resource.id}`,
      {
        type: "setProperty",
        id: resource.id,
        path: "Properties.KeySchema",
        value: next.map((key) => ({ AttributeName: key.name, KeyType: key.role })),
      },
      {
        type: "setProperty",
        id: resource.id,
        path: "Properties.AttributeDefinitions",
        value: names.map((name) => ({ AttributeName: name, AttributeType: types_.get(name) ?? "S" })),
      },
    );
  };
  const rename = (role: Key["role"], name: string): void => {
    const others = keys.filter((key) => key.role !== role);
    const old = keys.find((key) => key.role === role);
    const next = new Map(attributes);
    if (old !== undefined && name !== "") next.set(name, attributes.get(old.name) ?? "S");
    const all = name === "" ? others : [...others, { name, role }];
    save(
      [...all].sort((a, b) => (a.role === b.role ? 0 : a.role === "HASH" ? -1 : 1)),
      next,
    );
  };

  const row = (role: Key["role"], title: string, key: Key | undefined) => (
    <div className="grid grid-cols-[92px_minmax(0,1fr)_88px] items-center gap-x-1">
      <span className="flex items-center gap-1.5 text-fg-3">
        {title}
        {role === "HASH" && <KeyRound size={11} />}
      </span>
      <TextField
        label={title}
        value={key?.name ?? ""}
        placeholder={role === "RANGE" ? "None" : "id"}
        isMono
        onCommit={(name) => (role === "RANGE" || name !== "") && rename(role, name)}
      />
      <Select
        label={`Type of the ${title.toLowerCase()}`}
        value={key === undefined ? "S" : (attributes.get(key.name) ?? "S")}
        options={types}
        isDisabled={key === undefined}
        onChange={(type) => key !== undefined && save(keys, new Map([...attributes, [key.name, type]]))}
      />
    </div>
  );

  return (
    <Section title={property.title}>
      <Tooltip text={property.help} side="left">
        <div className="flex flex-col gap-[5px] px-3">
          {row("HASH", "Partition key", partition)}
          {row("RANGE", "Sort key", sort)}
        </div>
      </Tooltip>
    </Section>
  );
}

function keysOf(schema: Json | undefined): readonly Key[] {
  if (!Array.isArray(schema)) return [];
  return schema.flatMap((key): Key[] =>
    isJsonObject(key) && typeof key["AttributeName"] === "string"
      ? [{ name: key["AttributeName"], role: key["KeyType"] === "RANGE" ? "RANGE" : "HASH" }]
      : [],
  );
}

function attributesOf(definitions: Json | undefined): ReadonlyMap<string, string> {
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
