import { useEffect, useRef, useState } from "react";
import { beginRename, endRename, useRenaming } from "../renaming.ts";

export interface ItemNameProps {
  id: string;
  name: string;
  /** What it is the name of: `group`. */
  of: string;
  onRename(name: string): void;
}

/** The name of a group or a frame; double click or F2 makes it a field. */
export function ItemName({ id, name, of, onRename }: ItemNameProps) {
  const isEditing = useRenaming((state) => state.id === id);
  if (isEditing) return <NameField name={name} of={of} onRename={onRename} />;
  return (
    <span
      className="truncate"
      onDoubleClick={(event) => {
        event.stopPropagation();
        beginRename(id);
      }}
    >
      {name}
    </span>
  );
}

function NameField({ name, of, onRename }: Omit<ItemNameProps, "id">) {
  const [text, setText] = useState(name);
  const field = useRef<HTMLInputElement>(null);
  const isDone = useRef(false);
  useEffect(() => {
    // after the canvas has given focus to what was clicked
    const frame = requestAnimationFrame(() => field.current?.select());
    return () => cancelAnimationFrame(frame);
  }, []);
  const finish = (isKept: boolean): void => {
    if (isDone.current) return;
    isDone.current = true;
    if (isKept && text.trim() !== "" && text.trim() !== name) onRename(text.trim());
    endRename();
  };
  return (
    <input
      ref={field}
      aria-label={`New name of the ${of}`}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => finish(true)}
      onDoubleClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Enter") finish(true);
        if (event.key === "Escape") finish(false);
      }}
      className="nodrag nopan h-5 w-40 rounded-sm border border-accent bg-input px-1 text-fg outline-none"
    />
  );
}
