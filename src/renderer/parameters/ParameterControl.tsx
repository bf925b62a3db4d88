import { Eye, EyeOff, X } from "lucide-react";
import { useState, type KeyboardEvent } from "react";
import { IconButton } from "../app/ui/IconButton.tsx";
import { Select } from "../app/ui/Select.tsx";
import { TextField } from "../app/ui/TextField.tsx";
import { listItems, type ParameterField } from "./parameterForm.ts";
import { perLanguage, t } from "../app/texts/texts.ts";

export interface ParameterControlProps {
  readonly field: ParameterField;
  /** undefined: none is given, and what stands in `standard` holds. */
  readonly value: string | undefined;
  readonly standard: string;
  readonly problem: string | null;
  onChange(value: string): void;
}

/** The control that fits a parameter's type. */
export function ParameterControl(props: ParameterControlProps) {
  const { field, value, standard, problem, onChange } = props;
  const { name } = field;
  const placeholder = value === "" ? emptyText() : standard;
  switch (field.control) {
    case "choice":
      return (
        <Select
          label={name}
          value={value ?? standard}
          placeholder={t("Choose a value")}
          onChange={onChange}
          options={field.choices.map((choice) => ({ value: choice, title: choice }))}
        />
      );
    case "list":
      return <ListControl {...props} />;
    case "secret":
      return <SecretControl {...props} />;
    case "number":
      return (
        <TextField
          label={name}
          value={value ?? ""}
          placeholder={standard}
          inputMode="decimal"
          problem={problem}
          onChange={onChange}
          isMono
          className="w-40"
        />
      );
    case "text":
      return <TextField label={name} value={value ?? ""} placeholder={placeholder} problem={problem} onChange={onChange} isMono />;
  }
}

const emptyText = perLanguage(() => t("an empty text"));

/** NoEcho: shown as dots, also what is the default, until the person asks. */
function SecretControl({ field, value, standard, problem, onChange }: ParameterControlProps) {
  const [isShown, setShown] = useState(false);
  return (
    <TextField
      label={field.name}
      value={value ?? ""}
      type={isShown ? "text" : "password"}
      placeholder={value === "" ? emptyText() : isShown ? standard : "•".repeat(Math.min(12, standard.length))}
      problem={problem}
      onChange={onChange}
      isMono
      after={
        <IconButton label={isShown ? t("Hide") : t("Show")} size={20} onClick={() => setShown(!isShown)}>
          {isShown ? <EyeOff size={13} /> : <Eye size={13} />}
        </IconButton>
      }
    />
  );
}

/** Items as chips; Enter or a comma adds what is typed, Backspace in an empty field takes the last away. */
function ListControl({ field, value, standard, problem, onChange }: ParameterControlProps) {
  const [draft, setDraft] = useState("");
  const items = listItems(value ?? "");
  const set = (next: readonly string[]): void => onChange(next.join(","));
  const add = (text: string): void => {
    const more = listItems(text).filter((item) => item !== "");
    if (more.length > 0) set([...items, ...more]);
    setDraft("");
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Enter") add(draft);
    else if (event.key === "Backspace" && draft === "") set(items.slice(0, -1));
    else return;
    event.preventDefault();
  };
  return (
    <div
      title={problem ?? undefined}
      className={`flex min-h-[26px] flex-wrap items-center gap-1 rounded-sm border bg-input px-1 py-[2px] focus-within:border-accent ${problem === null ? "border-line hover:border-line-strong" : "border-error"}`}
    >
      {items.map((item, index) => (
        <span key={index} className="flex h-5 items-center gap-0.5 rounded-sm bg-chip pr-0.5 pl-1.5 font-mono text-xs">
          {item}
          <button
            type="button"
            aria-label={t("Remove {{item}}", { item })}
            className="grid size-4 place-items-center rounded-sm text-fg-3 hover:bg-hover hover:text-fg"
            onClick={() => set(items.filter((_item, at) => at !== index))}
          >
            <X size={11} />
          </button>
        </span>
      ))}
      <input
        aria-label={field.name}
        aria-invalid={problem === null ? undefined : true}
        value={draft}
        placeholder={
          items.length > 0
            ? ""
            : value === ""
              ? t("an empty list")
              : standard === ""
                ? t("Type an item, then Enter")
                : listItems(standard).join(", ")
        }
        spellCheck={false}
        onChange={(event) => (event.target.value.includes(",") ? add(event.target.value) : setDraft(event.target.value))}
        onBlur={() => add(draft)}
        onKeyDown={onKeyDown}
        className="h-5 min-w-16 flex-1 bg-transparent px-1 font-mono text-xs outline-none placeholder:text-fg-3"
      />
    </div>
  );
}
