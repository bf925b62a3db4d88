import { useRef, type KeyboardEvent, type ReactNode } from "react";
import { classes } from "./classes.ts";

export interface TabItem<Id extends string> {
  id: Id;
  title: string;
  /** Behind the title: a count, a dot. */
  mark?: ReactNode;
}

export interface TabsProps<Id extends string> {
  label: string;
  items: readonly TabItem<Id>[];
  selected: Id;
  onSelect(id: Id): void;
  size?: "regular" | "compact";
  /** Between tabs and the right end: filters, buttons. */
  children?: ReactNode;
}

/** Underlined tabs, as in the dock and the inspector; arrow keys move, the panel below is the caller's. */
export function Tabs<Id extends string>({ label, items, selected, onSelect, size = "regular", children }: TabsProps<Id>) {
  const list = useRef<HTMLDivElement>(null);
  const height = size === "regular" ? "h-[35px]" : "h-8";

  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const index = (items.findIndex((item) => item.id === selected) + step + items.length) % items.length;
    const next = items[index];
    if (next === undefined) return;
    onSelect(next.id);
    list.current?.querySelectorAll<HTMLElement>("[role=tab]")[index]?.focus();
  };

  return (
    <div className={classes("flex flex-none items-center gap-1 border-b border-line px-1", height)}>
      <div
        ref={list}
        role="tablist"
        aria-label={label}
        className="-mb-px flex h-[calc(100%+1px)] min-w-0 overflow-x-auto overflow-y-hidden pb-px [scrollbar-width:none]"
        onKeyDown={onKeyDown}
      >
        {items.map((item) => (
          <button
            key={item.id}
            type="button"
            role="tab"
            aria-selected={item.id === selected}
            tabIndex={item.id === selected ? 0 : -1}
            onClick={() => onSelect(item.id)}
            className={classes(
              "relative flex h-full items-center gap-1.5 whitespace-nowrap transition-colors duration-(--t-fast)",
              size === "regular" ? "px-2.5" : "px-2 text-[11.5px] [:root:not(:lang(en))_&]:px-[5px]",
              item.id === selected
                ? "font-medium text-fg after:absolute after:inset-x-2 after:-bottom-px after:h-0.5 after:rounded-t-[2px] after:bg-accent"
                : "text-fg-2 hover:text-fg",
            )}
          >
            {item.title}
            {item.mark}
          </button>
        ))}
      </div>
      {children !== undefined && <div className="flex min-w-0 flex-1 items-center justify-end gap-1 pr-1">{children}</div>}
    </div>
  );
}

export function Count({ value, isError = false }: { value: number; isError?: boolean }) {
  return (
    <span
      className={classes(
        "rounded-lg px-[5px] text-2xs leading-[15px] tabular-nums",
        isError ? "bg-error-soft text-error" : "bg-chip text-fg-2",
      )}
    >
      {value}
    </span>
  );
}
