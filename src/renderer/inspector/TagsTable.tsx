import { Plus, X } from "lucide-react";
import { useState } from "react";
import type { DesignResource } from "../../model/design/design.ts";
import { isJsonObject, type Json } from "../../model/json.ts";
import type { PropertyDefinition } from "../../model/service.ts";
import { IconButton } from "../app/ui/IconButton.tsx";
import { Section } from "../app/ui/Section.tsx";
import { TextField } from "../app/ui/TextField.tsx";
import { setProperty, textOf, valueAt } from "./propertyControls.ts";
import { t } from "../app/texts/texts.ts";

interface Tag {
  readonly key: string;
  readonly value: Json;
}

/** Tags, which SAM writes as a map and CloudFormation as a list of Key and Value. */
export function TagsTable({ resource, property }: { resource: DesignResource; property: PropertyDefinition }) {
  const written = valueAt(resource.properties, property.path);
  const isMap = isJsonObject(written) || (written === undefined && resource.type.startsWith("AWS::Serverless::"));
  const tags = tagsOf(written);
  const [isAdding, setAdding] = useState(false);
  const save = (next: readonly Tag[]): void => {
    const value: Json = isMap
      ? Object.fromEntries(next.map((tag) => [tag.key, tag.value]))
      : next.map((tag) => ({ Key: tag.key, Value: tag.value }));
    setProperty(resource, property.path, next.length === 0 ? undefined : value);
  };
  return (
    <Section
      title={property.title}
      actions={
        <IconButton label={t("Add a tag")} size={20} onClick={() => setAdding(true)}>
          <Plus size={12} />
        </IconButton>
      }
    >
      <div className="flex flex-col gap-1 px-3">
        {tags.map((tag) => (
          <div key={tag.key} className="group grid grid-cols-[104px_minmax(0,1fr)_16px] items-center gap-x-1">
            <span className="truncate text-fg-3">{tag.key}</span>
            <TextField
              label={t("Value of tag {{key}}", { key: tag.key })}
              value={textOf(tag.value)}
              onCommit={(value) => save(tags.map((one) => (one.key === tag.key ? { ...one, value } : one)))}
            />
            <button
              type="button"
              aria-label={t("Remove tag {{key}}", { key: tag.key })}
              onClick={() => save(tags.filter((one) => one.key !== tag.key))}
              className="grid size-4 place-items-center rounded-sm text-fg-3 opacity-0 group-hover:opacity-100 hover:text-error"
            >
              <X size={11} />
            </button>
          </div>
        ))}
        {isAdding && (
          <TextField
            label={t("Key of the new tag")}
            value=""
            autoFocus
            placeholder={t("Key")}
            onCommit={(key) => key !== "" && save([...tags, { key, value: "" }])}
            onBlur={() => setAdding(false)}
          />
        )}
        {tags.length === 0 && !isAdding && <p className="text-xs text-fg-3">{t("No tags.")}</p>}
      </div>
    </Section>
  );
}

function tagsOf(written: Json | undefined): readonly Tag[] {
  if (isJsonObject(written)) return Object.entries(written).map(([key, value]) => ({ key, value }));
  if (!Array.isArray(written)) return [];
  return written.flatMap((tag) =>
    isJsonObject(tag) && typeof tag["Key"] === "string" ? [{ key: tag["Key"], value: tag["Value"] ?? "" }] : [],
  );
}
