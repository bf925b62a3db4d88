import { useEffect, useRef, useState } from "react";
import { classes } from "./classes.ts";

interface RenameFieldProps {
  readonly name: string;
  /** Why a new name cannot be; undefined: it can. */
  whyNot(name: string): string | undefined;
  /** With a name that can be. */
  onKeep(name: string): void;
  /** Kept or not: the field goes. */
  onEnd(): void;
}

/** The name on a card of a canvas as a field: Enter or leaving it keeps the new name, Escape the old one. */
export function RenameField({ name, whyNot, onKeep, onEnd }: RenameFieldProps) {
  const [text, setText] = useState(name);
  const field = useRef<HTMLInputElement>(null);
  const isDone = useRef(false);
  const problem = text === name ? undefined : whyNot(text);
  useEffect(() => {
    // after the canvas has given focus to the card itself
    const frame = requestAnimationFrame(() => field.current?.select());
    return () => cancelAnimationFrame(frame);
  }, []);
  const finish = (isKept: boolean): void => {
    if (isDone.current) return;
    isDone.current = true;
    onEnd();
    if (isKept && problem === undefined) onKeep(text);
  };
  return (
    <div className="nodrag nopan relative">
      <input
        ref={field}
        aria-label={`New name of ${name}`}
        aria-invalid={problem !== undefined}
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onDoubleClick={(event) => event.stopPropagation()}
        onBlur={() => finish(true)}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === "Enter") finish(true);
          if (event.key === "Escape") finish(false);
        }}
        className={classes(
          "-mx-1 h-[18px] w-[calc(100%+8px)] rounded-sm border bg-input px-[3px] text-md leading-[16px] font-semibold outline-none",
          problem === undefined ? "border-accent" : "border-error",
        )}
      />
      {problem !== undefined && (
        <div
          role="alert"
          className="absolute top-full left-0 z-10 mt-1 w-52 rounded-md border border-line-strong bg-raised px-2 py-1 text-xs font-normal text-error shadow-3"
        >
          {problem}
        </div>
      )}
    </div>
  );
}
