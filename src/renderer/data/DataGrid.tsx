import { columnTitle } from "../app/texts/runtimeTexts.ts";
import { useRef, type KeyboardEvent } from "react";
import { classes } from "../app/ui/classes.ts";
import { Cell } from "./Cell.tsx";
import type { Column, Row } from "./inspection.ts";
import { useVirtualRows } from "../timeline/virtualRows.ts";

const ROW_PIXELS = 26;
const END_ROWS = 30;

const widths: Readonly<Record<Column["kind"], string>> = {
  text: "minmax(96px,1fr)",
  code: "minmax(120px,1fr)",
  json: "minmax(160px,2fr)",
  time: "112px",
  duration: "96px",
  number: "84px",
  state: "96px",
};

export interface DataGridProps {
  label: string;
  columns: readonly Column[];
  rows: readonly Row[];
  selected: string | null;
  onSelect(id: string): void;
  onEnd(): void;
}

/** Rows of a view; arrow keys move, a click or Enter opens one. */
export function DataGrid({ label, columns, rows, selected, onSelect, onEnd }: DataGridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualRows({ count: rows.length, scroller, rowPixels: ROW_PIXELS, keyOf: (at) => rows[at]?.id ?? at });
  const template = columns.map((column) => widths[column.kind]).join(" ");
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 15, PageUp: -15, Home: -Infinity, End: Infinity }[event.key];
    if (step === undefined || rows.length === 0) return;
    event.preventDefault();
    const at = Math.max(0, Math.min(rows.length - 1, rows.findIndex((row) => row.id === selected) + step));
    const row = rows[at];
    if (row === undefined) return;
    onSelect(row.id);
    virtual.scrollToIndex(at);
  };
  const onScroll = (): void => {
    const element = scroller.current;
    if (element && element.scrollHeight - element.scrollTop - element.clientHeight < END_ROWS * ROW_PIXELS) onEnd();
  };
  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={rows.length}
      tabIndex={0}
      data-quiet-focus
      onKeyDown={onKeyDown}
      onScroll={onScroll}
      className="h-full overflow-auto outline-none"
    >
      <div className="min-w-max">
        <div
          role="row"
          className="sticky top-0 z-10 grid h-7 items-center border-b border-line bg-panel px-1.5 text-xs font-medium text-fg-3"
          style={{ gridTemplateColumns: template }}
        >
          {columns.map((column) => (
            <span key={column.key} role="columnheader" className={classes("truncate px-1.5", isNumeric(column) && "text-right")}>
              {columnTitle(column.title)}
            </span>
          ))}
        </div>
        <div className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            const isSelected = row.id === selected;
            return (
              <div
                key={item.key}
                role="row"
                aria-selected={isSelected}
                onClick={() => onSelect(row.id)}
                className={classes(
                  "absolute inset-x-0 top-0 grid items-center border-b border-line px-1.5",
                  isSelected ? "bg-accent-soft shadow-[inset_2px_0_var(--accent)]" : "hover:bg-hover",
                )}
                style={{ gridTemplateColumns: template, height: ROW_PIXELS, transform: `translateY(${item.start}px)` }}
              >
                {columns.map((column) => (
                  <span key={column.key} role="gridcell" className={classes("min-w-0 truncate px-1.5", isNumeric(column) && "text-right")}>
                    <Cell column={column} value={row.cells[column.key] ?? null} />
                  </span>
                ))}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

function isNumeric(column: Column): boolean {
  return column.kind === "number" || column.kind === "duration";
}
