import { useMemo } from "react";
import type { Json } from "../../model/json.ts";
import type { PropertyControl, PropertyDefinition } from "../../model/service.ts";
import { useDesign } from "../app/stores/design.ts";
import { useProject } from "../app/stores/project.ts";
import { Select } from "../app/ui/Select.tsx";
import { TextField } from "../app/ui/TextField.tsx";
import { Toggle } from "../app/ui/Toggle.tsx";
import { IntrinsicChip } from "./IntrinsicChip.tsx";
import { ScheduleControl } from "./ScheduleControl.tsx";
import { isIntrinsic, parseTyped, textOf } from "./propertyControls.ts";
import { t } from "../app/texts/texts.ts";

interface ValueControlProps {
  property: PropertyDefinition;
  value: Json | undefined;
  onChange(value: Json | undefined): void;
  /** For a schedule. */
  timeZone?: string;
}

/** The control that fits a property's type. An intrinsic function is shown as what it is, never as its text in a field. */
export function ValueControl({ property, value, onChange, timeZone = "UTC" }: ValueControlProps) {
  const { control, title } = property;
  if (isIntrinsic(value) && control.type !== "resource") {
    return (
      <div className="flex h-[26px] min-w-0 items-center">
        <IntrinsicChip value={value} label={title} onChange={onChange} />
      </div>
    );
  }
  switch (control.type) {
    case "text":
      return <TextControl title={title} control={control} property={property} value={value} onChange={onChange} />;
    case "number":
      return <NumberControl title={title} control={control} property={property} value={value} onChange={onChange} />;
    case "toggle":
      return (
        <div className="flex h-[26px] items-center">
          <Toggle
            label={title}
            isOn={value === true || value === "true" || (value === undefined && property.defaultValue === true)}
            onChange={onChange}
          />
        </div>
      );
    case "choice":
      return <ChoiceControl title={title} control={control} property={property} value={value} onChange={onChange} />;
    case "schedule":
      return <ScheduleControl label={title} value={value} of={control.of} timeZone={timeZone} onChange={onChange} />;
    case "file":
      return <FileControl title={title} control={control} property={property} value={value} onChange={onChange} />;
    case "resource":
      return <ResourceControl title={title} control={control} value={value} onChange={onChange} />;
    default:
      return <span className="truncate font-mono text-xs">{textOf(value)}</span>;
  }
}

type Control<Type extends PropertyControl["type"]> = Omit<ValueControlProps, "property"> & {
  title: string;
  control: Extract<PropertyControl, { type: Type }>;
};

function TextControl({ title, control, property, value, onChange }: Control<"text"> & { property: PropertyDefinition }) {
  const commit = (text: string): void => {
    if (text === "") onChange(undefined);
    else if (control.pattern !== undefined && !text.startsWith("!") && !new RegExp(control.pattern).test(text)) onChange(value);
    else onChange(parseTyped(text));
  };
  return (
    <TextField
      label={title}
      value={textOf(value)}
      placeholder={control.placeholder ?? textOf(property.defaultValue)}
      onCommit={commit}
      isMono={/[/.]/.test(textOf(value))}
      pattern={control.pattern}
      className="has-invalid:border-error"
    />
  );
}

function NumberControl({ title, control, property, value, onChange }: Control<"number"> & { property: PropertyDefinition }) {
  const text = textOf(value);
  const commit = (typed: string): void => {
    const trimmed = typed.trim();
    if (trimmed === "") return onChange(undefined);
    if (trimmed.startsWith("!")) return onChange(parseTyped(trimmed));
    const number = Number(trimmed);
    if (!Number.isFinite(number)) return onChange(value);
    onChange(Math.min(control.max ?? Infinity, Math.max(control.min ?? -Infinity, number)));
  };
  return (
    <TextField
      label={title}
      value={text}
      inputMode="numeric"
      placeholder={property.defaultValue === undefined ? t("Not set") : textOf(property.defaultValue)}
      onCommit={commit}
      after={control.unit === undefined ? undefined : <span className="flex-none text-xs text-fg-3">{control.unit}</span>}
      title={
        [control.min, control.max].every((limit) => limit !== undefined)
          ? t("{{min}} to {{max}}{{value}}", {
              min: control.min,
              max: control.max,
              value: control.unit === undefined ? "" : ` ${control.unit}`,
            })
          : undefined
      }
      className="tabular-nums"
    />
  );
}

function ChoiceControl({ title, control, property, value, onChange }: Control<"choice"> & { property: PropertyDefinition }) {
  const current = textOf(value ?? property.defaultValue);
  const options = control.options.map((option) => ({
    value: String(option),
    title: String(option),
    ...(option === property.defaultValue ? { detail: t("default") } : {}),
  }));
  const all =
    current === "" || options.some((option) => option.value === current)
      ? options
      : [{ value: current, title: current, detail: t("unknown") }, ...options];
  return (
    <Select
      label={title}
      value={current}
      placeholder={t("Not set")}
      options={all}
      onChange={(chosen) => onChange(control.options.find((option) => String(option) === chosen))}
      className="w-full"
    />
  );
}

function FileControl({ title, control, property, value, onChange }: Control<"file"> & { property: PropertyDefinition }) {
  const files = useProject((state) => state.project?.files ?? []);
  const listId = `files-${property.path}`;
  const names = useMemo(
    () =>
      files
        .filter((file) => !file.isDirectory && control.extensions.some((extension) => file.path.endsWith(extension)))
        .map((file) => file.path),
    [files, control.extensions],
  );
  return (
    <>
      <TextField
        label={title}
        value={textOf(value)}
        list={listId}
        isMono
        placeholder={textOf(property.defaultValue)}
        onCommit={(text) => onChange(text === "" ? undefined : parseTyped(text))}
      />
      <datalist id={listId}>
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  );
}

const nothing = "—";

function ResourceControl({ title, control, value, onChange }: Control<"resource">) {
  const resources = useDesign((state) => state.design.resources);
  const options = resources
    .filter((resource) => control.types.includes(resource.type))
    .map((resource) => ({ value: resource.id, title: resource.id }));
  const reference = (id: string): Json => (control.attribute === undefined ? { Ref: id } : { "Fn::GetAtt": [id, control.attribute] });
  const current = options.find((option) => JSON.stringify(reference(option.value)) === JSON.stringify(value))?.value;
  if (value !== undefined && current === undefined) {
    return (
      <div className="flex h-[26px] min-w-0 items-center">
        {isIntrinsic(value) ? (
          <IntrinsicChip value={value} label={title} onChange={onChange} />
        ) : (
          <TextField
            label={title}
            value={textOf(value)}
            isMono
            onCommit={(typed) => onChange(typed.trim() === "" ? undefined : parseTyped(typed))}
            className="w-full"
          />
        )}
      </div>
    );
  }
  return (
    <Select
      label={title}
      value={current ?? nothing}
      options={[{ value: nothing, title: t("None") }, ...options]}
      onChange={(id) => onChange(id === nothing ? undefined : reference(id))}
      className="w-full"
    />
  );
}
