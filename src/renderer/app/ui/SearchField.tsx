import { Search, X } from "lucide-react";
import { Kbd } from "./Kbd.tsx";
import { TextField } from "./TextField.tsx";
import { t } from "../texts/texts.ts";

export interface SearchFieldProps {
  label: string;
  value: string;
  onChange(value: string): void;
  placeholder?: string;
  shortcut?: string;
  className?: string;
}

/** Filters what stands below it. Escape empties it. */
export function SearchField({ label, value, onChange, placeholder = t("Filter"), shortcut, className }: SearchFieldProps) {
  return (
    <TextField
      label={label}
      value={value}
      onChange={onChange}
      placeholder={placeholder}
      className={className}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || value === "") return;
        event.stopPropagation();
        onChange("");
      }}
      before={<Search size={12} className="text-fg-3" />}
      after={
        value !== "" ? (
          <button type="button" aria-label={t("Clear")} className="text-fg-3 hover:text-fg" onClick={() => onChange("")}>
            <X size={12} />
          </button>
        ) : shortcut !== undefined ? (
          <Kbd shortcut={shortcut} />
        ) : null
      }
    />
  );
}
