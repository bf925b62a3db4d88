import { KeyRound } from "lucide-react";
import type { DesignResource } from "../../model/design/design.ts";
import type { PropertyDefinition } from "../../model/service.ts";
import { Section } from "../app/ui/Section.tsx";
import { Select } from "../app/ui/Select.tsx";
import { TextField } from "../app/ui/TextField.tsx";
import { Tooltip } from "../app/ui/Tooltip.tsx";
import { valueAt } from "./propertyControls.ts";
import { attributesOf, keysOf, saveKeys, type Key } from "./tableKeys.ts";
import { asContinuation, perLanguage, t } from "../app/texts/texts.ts";

const types = perLanguage(() => [
  { value: "S", title: t("text"), detail: "S" },
  { value: "N", title: t("number"), detail: "N" },
  { value: "B", title: t("binary"), detail: "B" },
]);

/** Partition and sort key of a table, with their types: KeySchema and AttributeDefinitions change together. */
export function KeySchema({ resource, property }: { resource: DesignResource; property: PropertyDefinition }) {
  const keys = keysOf(valueAt(resource.properties, property.path));
  const attributes = attributesOf(valueAt(resource.properties, "AttributeDefinitions"));
  const partition = keys.find((key) => key.role === "HASH");
  const sort = keys.find((key) => key.role === "RANGE");

  const save = (next: readonly Key[], typesByName: ReadonlyMap<string, string>): boolean => saveKeys(resource, next, typesByName);
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
        placeholder={role === "RANGE" ? t("None") : t("id")}
        isMono
        onCommit={(name) => (role === "RANGE" || name !== "") && rename(role, name)}
      />
      <Select
        label={t("Type of the {{title}}", { title: asContinuation(title) })}
        value={key === undefined ? "S" : (attributes.get(key.name) ?? "S")}
        options={types()}
        isDisabled={key === undefined}
        onChange={(type) => key !== undefined && save(keys, new Map([...attributes, [key.name, type]]))}
      />
    </div>
  );

  return (
    <Section title={property.title}>
      <Tooltip text={property.help} side="left">
        <div className="flex flex-col gap-[5px] px-3">
          {row("HASH", t("Partition key"), partition)}
          {row("RANGE", t("Sort key"), sort)}
        </div>
      </Tooltip>
    </Section>
  );
}
