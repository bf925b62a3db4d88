import { HardDrive, History, MousePointer2, Type, type LucideIcon } from "lucide-react";
import { useEffect, useRef, type KeyboardEvent } from "react";
import { locale } from "../app/format.ts";
import { goToStep } from "../app/stores/documents.ts";
import { useHistory, type ChangeOrigin } from "../app/stores/history.ts";
import { EmptyState } from "../app/ui/EmptyState.tsx";
import { classes } from "../app/ui/classes.ts";
import { useVirtualRows } from "../timeline/virtualRows.ts";
import { perLanguage, t } from "../app/texts/texts.ts";

const rowPixels = 26;
const icons = perLanguage((): Record<ChangeOrigin, readonly [icon: LucideIcon, words: string]> => ({
  canvas: [MousePointer2, t("on the canvas or in a form")],
  text: [Type, t("in the text")],
  disk: [HardDrive, t("by another program")],
}));

/** Every step of undo, the newest first. Choosing one goes there; what came after it can be done again until something else is done. */
export function HistoryList() {
  const { past, future } = useHistory();
  const scroller = useRef<HTMLDivElement>(null);
  const steps = [...past, ...future.toReversed()];
  const count = steps.length + 1;
  // row 0 is the newest, the last one how the project was opened
  const currentRow = count - 1 - past.length;
  const virtual = useVirtualRows({ count, scroller, rowPixels, keyOf: (row) => count - row });
  useEffect(() => virtual.scrollToIndex(currentRow), [virtual, currentRow]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const move = { ArrowUp: -1, ArrowDown: 1, PageUp: -10, PageDown: 10, Home: -count, End: count }[event.key];
    if (move === undefined) return;
    event.preventDefault();
    const row = Math.max(0, Math.min(count - 1, currentRow + move));
    if (row !== currentRow) void goToStep(count - 1 - row);
  };

  if (steps.length === 0) {
    return (
      <EmptyState icon={<History size={18} />} title={t("Nothing done yet")}>
        {t("Each change to the design is listed here, whether it was drawn, typed or filled into a form. Choose one to go back to it.")}
      </EmptyState>
    );
  }
  return (
    <div
      ref={scroller}
      role="listbox"
      aria-label={t("Steps of undo, newest first")}
      aria-activedescendant={`history-${count - 1 - currentRow}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
      className="min-h-0 flex-1 overflow-auto py-1"
    >
      <div role="presentation" style={{ height: virtual.getTotalSize() }} className="relative">
        {virtual.getVirtualItems().map(({ index, start }) => {
          const number = count - 1 - index;
          const step = steps[number - 1];
          const isUndone = number > past.length;
          const [Icon, words] = icons()[step?.origin ?? "canvas"];
          return (
            <div
              key={number}
              id={`history-${number}`}
              role="option"
              aria-selected={number === past.length}
              aria-label={
                step === undefined ? t("As it was opened") : `${step.label} ${timeOf(step.at)}, ${words}${isUndone ? t(", undone") : ""}`
              }
              onClick={() => void goToStep(number)}
              style={{ top: start, height: rowPixels }}
              className={classes(
                "absolute inset-x-0 flex items-center gap-2 pr-3 pl-3",
                number === past.length ? "bg-accent-soft shadow-[inset_2px_0_var(--accent)]" : "hover:bg-hover",
                isUndone && "text-fg-3",
              )}
            >
              {step === undefined ? <History size={13} className="text-fg-3" /> : <Icon size={13} className="text-fg-3" />}
              <span className={classes("min-w-0 flex-1 truncate", isUndone && "line-through decoration-line-strong")} title={step?.label}>
                {step?.label ?? t("As it was opened")}
              </span>{" "}
              {step !== undefined && <span className="text-xs text-fg-3 tabular-nums">{timeOf(step.at)}</span>}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function timeOf(at: number): string {
  return new Date(at).toLocaleTimeString(locale(), { hour: "2-digit", minute: "2-digit" });
}
