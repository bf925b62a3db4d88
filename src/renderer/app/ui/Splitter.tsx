import { useRef, type KeyboardEvent, type PointerEvent } from "react";
import { classes } from "./classes.ts";

export interface SplitterProps {
  label: string;
  /** vertical: a line that stands and moves sideways. */
  direction: "vertical" | "horizontal";
  /** Size in pixels of the panel it belongs to. */
  size: number;
  min: number;
  max: number;
  /** Dragging right or down makes the panel larger (1) or smaller (-1). */
  sign: 1 | -1;
  onResize(size: number): void;
  /** Double click, or dragging far below the minimum. */
  onCollapse?(): void;
  className?: string;
}

/** The line between two panels: drag it, or focus it and use the arrow keys. */
export function Splitter({ label, direction, size, min, max, sign, onResize, onCollapse, className }: SplitterProps) {
  const start = useRef<{ pointer: number; size: number } | null>(null);
  const isVertical = direction === "vertical";
  const clamp = (value: number): number => Math.round(Math.max(min, Math.min(max, value)));

  const onPointerMove = (event: PointerEvent): void => {
    if (start.current === null) return;
    const wanted = start.current.size + ((isVertical ? event.clientX : event.clientY) - start.current.pointer) * sign;
    if (onCollapse !== undefined && wanted < min * 0.5) {
      start.current = null;
      onCollapse();
      return;
    }
    onResize(clamp(wanted));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowLeft: -16, ArrowUp: -16, ArrowRight: 16, ArrowDown: 16 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    onResize(clamp(size + step * sign));
  };

  return (
    <div
      data-chrome
      role="separator"
      aria-label={label}
      aria-orientation={isVertical ? "vertical" : "horizontal"}
      aria-valuenow={size}
      aria-valuemin={min}
      aria-valuemax={max}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onDoubleClick={onCollapse}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { pointer: isVertical ? event.clientX : event.clientY, size };
      }}
      onPointerMove={onPointerMove}
      onPointerUp={() => (start.current = null)}
      onPointerCancel={() => (start.current = null)}
      className={classes(
        "relative z-20 flex-none touch-none outline-none before:absolute before:transition-colors before:duration-(--t-base) hover:before:bg-accent-line focus-visible:before:bg-accent active:before:bg-accent",
        isVertical
          ? "w-px cursor-col-resize bg-line before:inset-y-0 before:-left-px before:w-[3px] after:absolute after:inset-y-0 after:-left-1 after:w-[9px]"
          : "h-px cursor-row-resize bg-line before:inset-x-0 before:-top-px before:h-[3px] after:absolute after:inset-x-0 after:-top-1 after:h-[9px]",
        className,
      )}
    />
  );
}
