import { connectionFields, type ConnectionField } from "../../model/design/connectionFields.ts";
import type { Connection } from "../../model/design/design.ts";
import type { Json } from "../../model/json.ts";
import { changeDesign, useDesign } from "../app/stores/design.ts";
import { selectConnection } from "../app/stores/selection.ts";
import { Section } from "../app/ui/Section.tsx";
import { Select } from "../app/ui/Select.tsx";
import { TextField } from "../app/ui/TextField.tsx";
import { Toggle } from "../app/ui/Toggle.tsx";
import { ScheduleControl } from "./ScheduleControl.tsx";
import { intrinsicText, isIntrinsic, parseTyped } from "./propertyControls.ts";
import { asContinuation, t, tData } from "../app/texts/texts.ts";

/** The single values that a connection writes, to be changed in place. */
export function ConnectionFields({ connection }: { connection: Connection }) {
  const template = useDesign((state) => (state.trouble === null ? state.document?.value : undefined));
  const fields = template === undefined ? [] : connectionFields(template, connection);
  if (fields.length === 0) return null;
  return (
    <Section title={t("What it carries")}>
      <div className="flex flex-col gap-[5px] px-3">
        {fields.map((field) => (
          <Row
            key={`${field.resource} ${field.path}`}
            field={field}
            connection={connection}
            timeZone={String(fields.find(({ path }) => path.endsWith("ScheduleExpressionTimezone"))?.value ?? "UTC")}
          />
        ))}
      </div>
    </Section>
  );
}

function Row({ field, connection, timeZone }: { field: ConnectionField; connection: Connection; timeZone: string }) {
  const save = (value: Json | undefined): void => {
    if (!changeField(field, connection, value)) return;
    // a route is part of its connection's name: the same line stays selected under the new one
    const { connections } = useDesign.getState().design;
    if (connections.some(({ id }) => id === connection.id)) return;
    const same = connections.find(
      ({ from, to, writtenAt }) => from === connection.from && to === connection.to && sameText(writtenAt, connection.writtenAt),
    );
    if (same !== undefined) selectConnection(same.id);
  };
  return (
    <div className="grid grid-cols-[minmax(92px,40%)_minmax(0,1fr)] items-center gap-x-1">
      <span className="line-clamp-2 leading-4 text-fg-3">{tData(field.title)}</span>
      <Control field={field} timeZone={timeZone} onChange={save} />
    </div>
  );
}

function Control({ field, timeZone, onChange }: { field: ConnectionField; timeZone: string; onChange(value: Json | undefined): void }) {
  const { value, standard } = field;
  const title = tData(field.title);
  const text =
    value === undefined ? "" : isIntrinsic(value) ? intrinsicText(value) : typeof value === "string" ? value : JSON.stringify(value);
  switch (field.control) {
    case "toggle":
      return (
        <span className="flex h-[26px] items-center">
          <Toggle label={title} isOn={(value ?? standard) === true || value === "true"} onChange={onChange} />
        </span>
      );
    case "choice":
      return (
        <Select
          label={title}
          value={text.toUpperCase()}
          options={(field.options ?? []).map((option) => ({ value: option, title: option }))}
          onChange={onChange}
        />
      );
    case "number":
      return (
        <TextField
          label={title}
          value={text}
          inputMode="numeric"
          placeholder={standard === undefined ? "" : String(standard)}
          after={field.unit === undefined ? undefined : <span className="flex-none text-xs text-fg-3">{field.unit}</span>}
          onCommit={(typed) => onChange(typed.trim() === "" ? undefined : /^-?\d+$/.test(typed.trim()) ? Number(typed) : parseTyped(typed))}
        />
      );
    case "schedule":
      return <ScheduleControl label={title} value={value} of={field.of ?? "rule"} timeZone={timeZone} onChange={onChange} />;
    case "text":
      return (
        <TextField
          label={title}
          value={text}
          isMono
          placeholder={standard === undefined ? "" : String(standard)}
          onCommit={(typed) => onChange(typed.trim() === "" ? undefined : parseTyped(typed))}
        />
      );
  }
}

function changeField(
  { resource, path, value: before, wrap, title }: ConnectionField,
  { from, to }: Connection,
  value: Json | undefined,
): boolean {
  const label = t("Change {{title}} from {{from}} to {{to}}", { title: asContinuation(tData(title)), from, to });
  if (wrap === "filter" && (before === undefined || value === undefined)) {
    const whole = path.slice(0, path.lastIndexOf(".Filters"));
    const criteria = value === undefined ? {} : { value: { Filters: [{ Pattern: value }] } };
    return changeDesign(label, { type: "setProperty", id: resource, path: whole, ...criteria });
  }
  return changeDesign(label, { type: "setProperty", id: resource, path, ...(value === undefined ? {} : { value }) });
}

function sameText(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
