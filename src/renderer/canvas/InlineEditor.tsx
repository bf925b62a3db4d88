import { useEffect, useRef, useState } from "react";
import { classes } from "../app/ui/classes.ts";
import type { InlineField } from "./inlineFields.ts";
import { endRename } from "./renaming.ts";

/** Types over one fact of a card where it stands: Enter keeps it, Escape leaves it. */
export function InlineEditor({ field, className }: { field: InlineField; className: string }) {
  const [text, setText] = useState(field.text);
  const input = useRef<HTMLInputElement>(null);
  const isDone = useRef(false);
  const problem = text === field.text ? undefined : field.problem(text);
  useEffect(() => {
    const frame = requestAnimationFrame(() => input.current?.select());
    return () => cancelAnimationFrame(frame);
  }, []);
  const finish = (isKept: boolean): void => {
    if (isDone.current) return;
    isDone.current = true;
    endRename();
    if (isKept && problem === undefined && text !== field.text) field.save(text.trim());
  };
  return (
    <span className="nodrag nopan relative min-w-0 flex-1">
      <input
        ref={input}
        aria-label={field.label}
        aria-invalid={problem !== undefined}
        placeholder={field.hint}
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onDoubleClick={(event) => event.stopPropagation()}
        onBlur={() => finish(true)}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === "Enter" && problem === undefined) finish(true);
          if (event.key === "Escape") finish(false);
        }}
        className={classes(
          "w-full rounded-sm border bg-input px-1 text-fg outline-none",
          problem === undefined ? "border-accent" : "border-error",
          className,
        )}
      />
      {problem !== undefined && (
        <span
          role="alert"
          className="absolute top-full left-0 z-10 mt-1 w-52 rounded-md border border-line-strong bg-raised px-2 py-1 font-sans text-xs font-normal whitespace-normal text-error shadow-3"
        >
          {problem}
        </span>
      )}
    </span>
  );
}
