import { Plus, X } from "lucide-react";
import type { ReactNode } from "react";
import { isJsonObject, type Json, type JsonObject } from "../../../model/json.ts";
import { IconButton } from "../../app/ui/IconButton.tsx";
import { Select } from "../../app/ui/Select.tsx";
import { TextField } from "../../app/ui/TextField.tsx";
import { Toggle } from "../../app/ui/Toggle.tsx";
import { perLanguage, t } from "../../app/texts/texts.ts";

const types = perLanguage(
  () =>
    [
      { value: "S", title: t("Text") },
      { value: "N", title: t("Number") },
      { value: "BOOL", title: t("Boolean") },
      { value: "NULL", title: t("Null") },
      { value: "M", title: t("Map") },
      { value: "L", title: t("List") },
      { value: "SS", title: t("Text set") },
      { value: "NS", title: t("Number set") },
      { value: "B", title: t("Binary") },
      { value: "BS", title: t("Binary set") },
    ] as const,
);

type TypeName = ReturnType<typeof types>[number]["value"];

const beginnings: Readonly<Record<TypeName, Json>> = {
  S: "",
  N: "0",
  BOOL: false,
  NULL: true,
  M: {},
  L: [],
  SS: [""],
  NS: ["0"],
  B: "",
  BS: [""],
};

export interface TypedItemProps {
  /** In attribute values. */
  item: JsonObject;
  onChange(item: JsonObject): void;
}

/** An item attribute by attribute, each with its type. */
export function TypedItem({ item, onChange }: TypedItemProps) {
  return (
    <div className="h-full overflow-auto bg-panel py-2 pr-2 pl-3">
      <Members members={item} onChange={onChange} path="" />
    </div>
  );
}

function Members({ members, onChange, path }: { members: JsonObject; onChange(members: JsonObject): void; path: string }): ReactNode {
  const entries = Object.entries(members);
  const change = (position: number, name: string, value: Json): void => onChange(Object.fromEntries(entries.with(position, [name, value])));
  return (
    <>
      {entries.map(([name, value], position) => (
        <Value
          key={position}
          value={value}
          onChange={(changed) => change(position, name, changed)}
          onRemove={() => onChange(Object.fromEntries(entries.toSpliced(position, 1)))}
          path={`${path}${name}`}
        >
          <TextField
            label={t("Name of {{path}}{{name}}", { path, name })}
            isMono
            value={name}
            onCommit={(renamed) => renamed !== "" && !(renamed in members) && change(position, renamed, value)}
            className="w-28 flex-none"
          />
        </Value>
      ))}
      <Adder
        label={path === "" ? t("Add attribute") : t("Add a member to {{value}}", { value: path.slice(0, -1) })}
        onAdd={() => onChange({ ...members, [freeName(members)]: { S: "" } })}
      />
    </>
  );
}

function freeName(members: JsonObject): string {
  for (let number = 1; ; number++) if (!(`attribute${number}` in members)) return `attribute${number}`;
}

interface ValueProps {
  readonly value: Json;
  onChange(value: Json): void;
  onRemove(): void;
  readonly path: string;
  /** Its name, where it has one. */
  readonly children?: ReactNode;
}

/** One value, what stands in it below. */
function Value({ value, onChange, onRemove, path, children }: ValueProps): ReactNode {
  const [tag = "S", content = ""] = isJsonObject(value) ? (Object.entries(value)[0] ?? []) : [];
  const type = types().find((one) => one.value === tag)?.value ?? "S";
  return (
    <div className="mb-1">
      <div className="flex items-center gap-1.5">
        {children}
        <Select
          label={t("Type of {{path}}", { path })}
          value={type}
          options={types()}
          onChange={(chosen) => onChange({ [chosen]: converted(content, type, chosen) })}
          className="w-[92px] flex-none"
        />
        <Scalar type={type} content={content} onChange={(changed) => onChange({ [type]: changed })} path={path} />
        <Remover label={t("Remove {{path}}", { path })} onRemove={onRemove} />
      </div>
      <Nested type={type} content={content} onChange={(changed) => onChange({ [type]: changed })} path={path} />
    </div>
  );
}

/** What was typed is kept where the new type can say it. */
function converted(content: Json, from: TypeName, to: TypeName): Json {
  const text = typeof content === "string" ? content : null;
  if (text !== null && (to === "S" || to === "B")) return text;
  if (text !== null && to === "N") return Number.isFinite(Number(text)) && text.trim() !== "" ? text : "0";
  if (text !== null && (to === "SS" || to === "BS")) return [text];
  if (Array.isArray(content) && from.endsWith("S") && (to === "SS" || to === "NS" || to === "BS")) return content;
  return beginnings[to];
}

/** What stands behind the type of a value. */
interface ContentProps {
  readonly type: TypeName;
  readonly content: Json;
  onChange(content: Json): void;
  readonly path: string;
}

function Scalar({ type, content, onChange, path }: ContentProps): ReactNode {
  switch (type) {
    case "S":
    case "N":
    case "B":
      return (
        <TextField
          label={t("Value of {{path}}", { path })}
          isMono
          value={String(content)}
          onChange={onChange}
          problem={type === "N" && !isNumber(content) ? t("This is no number.") : null}
          className="flex-1"
        />
      );
    case "BOOL":
      return (
        <span className="flex flex-1">
          <Toggle label={t("Value of {{path}}", { path })} isOn={content === true} onChange={onChange} />
        </span>
      );
    default:
      return <span className="flex-1" />;
  }
}

function isNumber(content: Json): boolean {
  return typeof content === "string" && content.trim() !== "" && Number.isFinite(Number(content));
}

function Nested({ type, content, onChange, path }: ContentProps): ReactNode {
  if (type === "M" && isJsonObject(content)) {
    return (
      <Indented>
        <Members members={content} onChange={onChange} path={`${path}.`} />
      </Indented>
    );
  }
  if (!Array.isArray(content) || !["L", "SS", "NS", "BS"].includes(type)) return null;
  return (
    <Indented>
      {content.map((element, position) =>
        type === "L" ? (
          <Value
            key={position}
            value={element}
            onChange={(changed) => onChange(content.with(position, changed))}
            onRemove={() => onChange(content.toSpliced(position, 1))}
            path={`${path}[${position}]`}
          />
        ) : (
          <div key={position} className="mb-1 flex items-center gap-1.5">
            <TextField
              label={t("Member {{position}} of {{path}}", { position: position + 1, path })}
              isMono
              value={String(element)}
              onChange={(changed) => onChange(content.with(position, changed))}
              className="flex-1"
            />
            <Remover
              label={t("Remove member {{position}} of {{path}}", { position: position + 1, path })}
              onRemove={() => onChange(content.toSpliced(position, 1))}
            />
          </div>
        ),
      )}
      <Adder
        label={t("Add a member to {{path}}", { path })}
        onAdd={() => onChange([...content, type === "L" ? { S: "" } : type === "NS" ? "0" : ""])}
      />
    </Indented>
  );
}

function Remover({ label, onRemove }: { label: string; onRemove(): void }): ReactNode {
  return (
    <IconButton label={label} size={24} onClick={onRemove}>
      <X size={12} />
    </IconButton>
  );
}

function Indented({ children }: { children: ReactNode }): ReactNode {
  return <div className="mt-1 ml-1.5 border-l border-line pl-2">{children}</div>;
}

function Adder({ label, onAdd }: { label: string; onAdd(): void }): ReactNode {
  return (
    <button
      type="button"
      onClick={onAdd}
      className="flex h-6 items-center gap-1 rounded-sm px-1 text-xs text-fg-3 hover:bg-hover hover:text-fg"
    >
      <Plus size={12} />
      {label}
    </button>
  );
}
