import { Pencil } from "lucide-react";
import { useState } from "react";
import { useDesign } from "../app/stores/design.ts";
import { selectResources } from "../app/stores/selection.ts";
import type { Json, JsonObject } from "../../model/json.ts";
import { IconButton } from "../app/ui/IconButton.tsx";
import { TextField } from "../app/ui/TextField.tsx";
import { Tooltip } from "../app/ui/Tooltip.tsx";
import { intrinsicText, isIntrinsic, mentionedIn, parseTyped } from "./propertyControls.ts";
import { t } from "../app/texts/texts.ts";

interface IntrinsicChipProps {
  value: JsonObject;
  /** Of the property, for who types over it. */
  label?: string;
  /** undefined: the property is taken away. Absent: it cannot be changed here. */
  onChange?(value: Json | undefined): void;
}

/** An intrinsic function as written; a click goes to the resource that it names, and the pencil types over it. */
export function IntrinsicChip({ value, label, onChange }: IntrinsicChipProps) {
  const [isEditing, setEditing] = useState(false);
  if (isEditing && onChange !== undefined) {
    const commit = (typed: string): void => {
      const next = parseTyped(typed.trim());
      if (typed.trim() === "") onChange(undefined);
      // half of a function is not written as if it were text
      else if (!typed.trim().startsWith("!") || isIntrinsic(next)) onChange(next);
    };
    return (
      <TextField
        label={label ?? ""}
        value={intrinsicText(value)}
        isMono
        autoFocus
        onCommit={commit}
        onBlur={() => setEditing(false)}
        className="w-full"
      />
    );
  }
  return (
    <span className="group/chip flex min-w-0 items-center gap-0.5" onDoubleClick={() => setEditing(onChange !== undefined)}>
      <Chip value={value} />
      {onChange !== undefined && (
        <IconButton
          label={t("Edit {{name}}", { name: label })}
          size={20}
          onClick={() => setEditing(true)}
          className="opacity-0 group-hover/chip:opacity-100 focus-visible:opacity-100"
        >
          <Pencil size={11} />
        </IconButton>
      )}
    </span>
  );
}

function Chip({ value }: { value: JsonObject }) {
  const text = intrinsicText(value);
  const id = mentionedIn(value);
  const isResource = useDesign((state) => id !== null && state.design.resources.some((resource) => resource.id === id));
  const look = "min-w-0 truncate rounded-sm bg-accent-soft px-1.5 font-mono text-xs leading-[18px] text-accent";
  if (id === null || !isResource) {
    return (
      <span className={look} title={text}>
        {text}
      </span>
    );
  }
  return (
    <Tooltip text={t("Go to {{id}}", { id })}>
      <button type="button" onClick={() => selectResources([id], { reveal: true })} className={`${look} text-left hover:underline`}>
        {text}
      </button>
    </Tooltip>
  );
}
