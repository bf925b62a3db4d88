import { NodeResizeControl, type NodeProps } from "@xyflow/react";
import { memo, useEffect, useRef, useState } from "react";
import { classes } from "../app/ui/classes.ts";
import { changeNote } from "./designActions.ts";
import type { NoteNode } from "./nodes.ts";
import { beginRename, endRename, useRenaming } from "./renaming.ts";
import { useHop } from "./stepping/hop.ts";

/** Words on the canvas: first line as heading. */
export const NoteCard = memo(function NoteCard({ id, data, selected }: NodeProps<NoteNode>) {
  const isEditing = useRenaming((state) => state.id === id);
  const isDimmed = useHop((state) => state.hop !== null);
  const [heading, ...rest] = data.text.split("\n");
  return (
    <div
      onDoubleClick={() => beginRename(id)}
      className={classes(
        "size-full overflow-hidden rounded-r-md border-l-2 py-0.5 pr-2 pl-3 text-sm text-fg-2 transition-opacity duration-(--t-base)",
        selected ? "border-accent bg-accent-soft" : "border-line-strong",
        isDimmed && "opacity-40",
      )}
    >
      {isEditing ? (
        <NoteField id={id} text={data.text} />
      ) : data.text === "" ? (
        <span className="text-fg-3">Double click to write a note</span>
      ) : (
        <>
          <div className="font-medium text-fg">{heading}</div>
          <div className="whitespace-pre-wrap">{rest.join("\n")}</div>
        </>
      )}
      {selected && (
        <NodeResizeControl
          minWidth={120}
          minHeight={32}
          onResizeEnd={(_event, { width, height }) => changeNote(id, { width: Math.round(width), height: Math.round(height) })}
          className="!size-3 !rounded-full !border-2 !border-accent !bg-card"
        />
      )}
    </div>
  );
});

function NoteField({ id, text }: { id: string; text: string }) {
  const [draft, setDraft] = useState(text);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const frame = requestAnimationFrame(() => field.current?.select());
    return () => cancelAnimationFrame(frame);
  }, []);
  const finish = (isKept: boolean): void => {
    endRename();
    if (isKept && draft !== text) changeNote(id, { text: draft });
  };
  return (
    <textarea
      ref={field}
      aria-label="Text of the note"
      value={draft}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={() => finish(true)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Escape") finish(false);
      }}
      className="nodrag nopan nowheel size-full resize-none bg-transparent text-sm text-fg outline-none"
    />
  );
}
