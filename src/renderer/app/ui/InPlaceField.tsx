import { useEffect, useRef, useState } from "react";
import { classes } from "./classes.ts";

interface InPlaceFieldProps {
  readonly label: string;
  readonly text: string;
  /** What may be typed: `id, createdAt`. */
  readonly hint?: string;
  /** Why it cannot be that; undefined: it can. */
  whyNot(text: string): string | undefined;
  /** With another text that can be. */
  onKeep(text: string): void;
  /** Kept or not: the field goes. */
  onEnd(): void;
  readonly className?: string;
  /** Of what is typed in: its size and type are those of the words that it stands for. */
  readonly inputClassName: string;
}

/** Words on a canvas as a field where they stand: Enter or leaving it keeps the new ones, Escape the old. */
export function InPlaceField({ label, text, hint, whyNot, onKeep, onEnd, className, inputClassName }: InPlaceFieldProps) {
  const [typed, setTyped] = useState(text);
  const input = useRef<HTMLInputElement>(null);
  const isDone = useRef(false);
  const wanted = typed.trim();
  const problem = wanted === text ? undefined : whyNot(wanted);
  useEffect(() => {
    // after the canvas has given focus to the card itself
    const frame = requestAnimationFrame(() => input.current?.select());
    return () => cancelAnimationFrame(frame);
  }, []);
  const finish = (isKept: boolean): void => {
    if (isDone.current) return;
    isDone.current = true;
    onEnd();
    if (isKept && problem === undefined && wanted !== text) onKeep(wanted);
  };
  return (
    <span className={classes("nodrag nopan relative", className)}>
      <input
        ref={input}
        aria-label={label}
        aria-invalid={problem !== undefined}
        placeholder={hint}
        spellCheck={false}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onDoubleClick={(event) => event.stopPropagation()}
        onBlur={() => finish(true)}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === "Enter" && problem === undefined) finish(true);
          if (event.key === "Escape") finish(false);
        }}
        className={classes(
          "in-place-field rounded-sm border bg-input text-fg outline-none",
          problem === undefined ? "border-accent" : "border-error",
          inputClassName,
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

/** As large as the name of a card, and over it. */
export const nameField = {
  className: "block",
  inputClassName: "-mx-1 h-[18px] w-[calc(100%+8px)] px-[3px] text-md leading-[16px] font-semibold",
} as const;
