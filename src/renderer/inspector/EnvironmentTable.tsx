import { Plus, X } from "lucide-react";
import { useState } from "react";
import type { DesignResource } from "../../model/design/design.ts";
import { isJsonObject, type Json } from "../../model/json.ts";
import type { PropertyDefinition } from "../../model/service.ts";
import { IconButton } from "../app/ui/IconButton.tsx";
import { Section } from "../app/ui/Section.tsx";
import { TextField } from "../app/ui/TextField.tsx";
import { Tooltip } from "../app/ui/Tooltip.tsx";
import { IntrinsicChip } from "./IntrinsicChip.tsx";
import { isIntrinsic, parseTyped, setProperty, textOf, valueAt } from "./propertyControls.ts";
import { t } from "../app/texts/texts.ts";

interface EnvironmentTableProps {
  resource: DesignResource;
  property: PropertyDefinition;
  /** What is said where there are no names yet. */
  empty: string;
}

/** Names with their values, such as environment variables: what the resource itself sets, and what it gets from Globals. */
export function EnvironmentTable({ resource, property, empty }: EnvironmentTableProps) {
  const base = property.path;
  const own = objectAt(valueAt(resource.properties, base));
  const all = objectAt(valueAt(resource.effectiveProperties, base));
  const [isAdding, setAdding] = useState(false);
  const names = [...new Set([...Object.keys(all), ...Object.keys(own)])];

  const set = (name: string, value: Json | undefined): void => void setProperty(resource, `${base}.${name}`, value);

  return (
    <Section
      title={property.title}
      actions={
        <IconButton label={t("Add a variable")} size={20} onClick={() => setAdding(true)}>
          <Plus size={12} />
        </IconButton>
      }
    >
      <div className="flex flex-col px-3">
        {names.map((name) => (
          <VariableRow
            key={name}
            name={name}
            value={own[name] ?? all[name] ?? ""}
            isInherited={own[name] === undefined}
            onChange={(value) => set(name, value)}
          />
        ))}
        {names.length === 0 && !isAdding && <p className="text-xs text-fg-3">{empty}</p>}
        {isAdding && (
          <div className="py-0.5">
            <TextField
              label={t("Name of the new variable")}
              value=""
              autoFocus
              isMono
              placeholder="NAME"
              onCommit={(name) => /^[A-Za-z]\w*$/.test(name) && set(name, "")}
              onBlur={() => setAdding(false)}
            />
          </div>
        )}
      </div>
    </Section>
  );
}

interface VariableRowProps {
  name: string;
  value: Json;
  isInherited: boolean;
  onChange(value: Json | undefined): void;
}

function VariableRow({ name, value, isInherited, onChange }: VariableRowProps) {
  const [isEditing, setEditing] = useState(false);
  return (
    <div className="group grid min-h-[22px] grid-cols-[104px_minmax(0,1fr)_16px] items-center gap-x-1">
      <Tooltip text={isInherited ? t("{{name}}, from Globals", { name }) : name} side="left">
        <span className={`truncate font-mono text-xs ${isInherited ? "text-fg-3 italic" : "text-fg-3"}`}>{name}</span>
      </Tooltip>
      {isEditing ? (
        <TextField
          label={t("Value of {{name}}", { name })}
          value={textOf(value)}
          isMono
          autoFocus
          onCommit={(text) => onChange(parseTyped(text))}
          onBlur={() => setEditing(false)}
        />
      ) : isIntrinsic(value) ? (
        <IntrinsicChip value={value} label={t("Value of {{name}}", { name })} onChange={onChange} />
      ) : (
        <button
          type="button"
          onClick={() => setEditing(true)}
          className="h-[22px] truncate rounded-sm text-left font-mono text-xs hover:bg-hover"
          title={textOf(value)}
        >
          {textOf(value) === "" ? <span className="text-fg-3">{t("empty")}</span> : textOf(value)}
        </button>
      )}
      {!isInherited && (
        <button
          type="button"
          aria-label={t("Remove {{name}}", { name })}
          onClick={() => onChange(undefined)}
          className="grid size-4 place-items-center rounded-sm text-fg-3 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 hover:text-error"
        >
          <X size={11} />
        </button>
      )}
    </div>
  );
}

function objectAt(value: Json | undefined): Record<string, Json> {
  return isJsonObject(value) ? value : {};
}
