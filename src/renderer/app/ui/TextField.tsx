import { useRef, useState, type ComponentProps, type KeyboardEvent, type ReactNode } from "react";
import { classes } from "./classes.ts";

export type TextFieldProps = Omit<ComponentProps<"input">, "onChange" | "value" | "aria-label"> & {
  label: string;
  value: string;
  /** At every keystroke. */
  onChange?(value: string): void;
  /** When the person is done: Enter or leaving the field. Escape puts the old value back. */
  onCommit?(value: string): void;
  isMono?: boolean;
  /** What is wrong with the value; shown as red frame and tooltip. */
  problem?: string | null;
  before?: ReactNode;
  after?: ReactNode;
};

export function TextField({ label, value, onChange, onCommit, isMono, problem, before, after, className, ...rest }: TextFieldProps) {
  const [typed, setTyped] = useState({ for: value, text: value });
  const isCancelled = useRef(false);
  // A new value from outside replaces what was being typed.
  if (typed.for !== value) setTyped({ for: value, text: value });
  const draft = typed.for === value ? typed.text : value;

  const change = (text: string): void => {
    setTyped({ for: value, text });
    onChange?.(text);
  };
  const leave = (): void => {
    if (!isCancelled.current && draft !== value) onCommit?.(draft);
    // What was not taken does not stay behind as if it had been.
    if (onCommit !== undefined) setTyped({ for: value, text: value });
    isCancelled.current = false;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    rest.onKeyDown?.(event);
    if (onCommit === undefined || event.defaultPrevented) return;
    if (event.key === "Enter") event.currentTarget.blur();
    if (event.key === "Escape") {
      event.stopPropagation();
      isCancelled.current = true;
      change(value);
      event.currentTarget.blur();
    }
  };

  return (
    <label
      title={problem ?? undefined}
      className={classes(
        "flex h-[26px] min-w-0 items-center gap-1.5 rounded-sm border bg-input px-2 transition-colors duration-(--t-fast)",
        problem ? "border-error" : "border-line focus-within:border-accent hover:border-line-strong focus-within:hover:border-accent",
        className,
      )}
    >
      {before}
      <input
        spellCheck={false}
        autoComplete="off"
        {...rest}
        aria-label={label}
        aria-invalid={problem ? true : undefined}
        value={draft}
        onChange={(event) => change(event.target.value)}
        onBlur={(event) => {
          leave();
          rest.onBlur?.(event);
        }}
        onKeyDown={onKeyDown}
        className={classes(
          "min-w-0 flex-1 bg-transparent text-fg outline-none placeholder:text-fg-3",
          isMono === true ? "font-mono text-xs" : "text-sm",
        )}
      />
      {after}
    </label>
  );
}
