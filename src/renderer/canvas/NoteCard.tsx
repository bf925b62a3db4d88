import { NodeResizeControl, type NodeProps } from "@xyflow/react";
import { Lock } from "lucide-react";
import { lazy, memo, Suspense, useEffect, useRef, useState } from "react";
import { useCanvasFile } from "../app/stores/canvasFile.ts";
import { classes } from "../app/ui/classes.ts";
import { changeNote } from "./designActions.ts";
import type { NoteNode } from "./nodes.ts";
import { beginRename, endRename, useRenaming } from "./renaming.ts";
import { useHop } from "./stepping/hop.ts";
import { t } from "../app/texts/texts.ts";

/** Markdown is read by the first note that is drawn, not before the window shows. */
const NoteText = lazy(async () => ({ default: (await import("./NoteText.tsx")).NoteText }));

/** Words on the canvas, as Markdown. */
export const NoteCard = memo(function NoteCard({ id, data, selected }: NodeProps<NoteNode>) {
  const isEditing = useRenaming((state) => state.id === id);
  const isDimmed = useHop((state) => state.hop !== null);
  return (
    <div
      data-hue={data.colour}
      onDoubleClick={() => beginRename(id)}
      className={classes(
        "note relative size-full overflow-hidden rounded-r-md border-l-2 py-0.5 pr-2 pl-3 text-sm text-fg-2 transition-opacity duration-(--t-base)",
        selected ? "!border-accent bg-accent-soft" : "border-line-strong",
        isDimmed && "opacity-40",
      )}
    >
      {isEditing ? (
        <NoteField id={id} text={data.text} />
      ) : data.text === "" ? (
        <span className="text-fg-3">{t("Double click to write a note")}</span>
      ) : (
        <Suspense fallback={<div className="whitespace-pre-wrap">{data.text}</div>}>
          <NoteText text={data.text} />
        </Suspense>
      )}
      {data.isLocked && <Lock size={11} className="absolute top-1 right-1 text-fg-3" />}
      {selected && !data.isLocked && (
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

/** What headings and lists take beyond plain lines. */
const growth = 14;

function NoteField({ id, text }: { id: string; text: string }) {
  const [draft, setDraft] = useState(text);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const frame = requestAnimationFrame(() => field.current?.select());
    return () => cancelAnimationFrame(frame);
  }, []);
  const finish = (isKept: boolean): void => {
    endRename();
    if (!isKept || draft === text) return;
    // it grows with its words, and stays as large as it was made
    const height = useCanvasFile.getState().canvas.notes.find((note) => note.id === id)?.height ?? 0;
    changeNote(id, { text: draft, height: Math.max(height, (field.current?.scrollHeight ?? 0) + growth) });
  };
  return (
    <textarea
      ref={field}
      aria-label={t("Text of the note")}
      value={draft}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={() => finish(true)}
      onKeyDown={(event) => {
        // plain keys are the note's own; what the whole Studio knows, such as the palette's, is heard here too
        if (!event.ctrlKey && !event.metaKey) event.stopPropagation();
        if (event.key === "Escape") finish(false);
      }}
      className="nodrag nopan nowheel size-full resize-none bg-transparent text-sm text-fg outline-none"
    />
  );
}
