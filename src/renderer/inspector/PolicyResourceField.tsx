import { useState } from "react";
import type { Json } from "../../model/json.ts";
import type { PolicyResource } from "../../model/design/policyTargets.ts";
import { t } from "../app/texts/texts.ts";
import { Select } from "../app/ui/Select.tsx";
import { TextField } from "../app/ui/TextField.tsx";
import { parseTyped, textOf } from "./propertyControls.ts";

const another = "…";

interface PolicyResourceFieldProps {
  label: string;
  value: Json;
  /** Those of the design that fit. */
  resources: readonly PolicyResource[];
  onChange(value: Json): void;
}

/** One of the design's resources, or something else as text: a name, an ARN, `!Ref Parameter`. */
export function PolicyResourceField({ label, value, resources, onChange }: PolicyResourceFieldProps) {
  const [isText, setText] = useState(false);
  const written = JSON.stringify(value);
  const current = resources.find((one) => JSON.stringify(one.value) === written)?.title;
  const isOther = current === undefined && value !== "";
  const field = (
    <TextField
      label={t("{{label}} as text", { label })}
      value={current === undefined ? textOf(value) : ""}
      isMono
      autoFocus={isText}
      placeholder="arn:aws:… · !Ref …"
      onCommit={(text) => text.trim() !== "" && onChange(parseTyped(text.trim()))}
      onBlur={() => setText(false)}
    />
  );
  if (resources.length === 0) return field;
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <Select
        label={label}
        value={isText || isOther ? another : (current ?? "")}
        placeholder={t("Choose a resource")}
        options={[...resources.map(({ title }) => ({ value: title, title })), { value: another, title: t("Another, as text") }]}
        onChange={(chosen) => {
          const found = resources.find(({ title }) => title === chosen);
          setText(found === undefined);
          if (found !== undefined) onChange(found.value);
        }}
        className="w-full"
      />
      {(isText || isOther) && field}
    </div>
  );
}
