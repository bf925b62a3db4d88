import { Hand, RotateCcw } from "lucide-react";
import { useEffect, useMemo, useRef } from "react";
import { Dot } from "../../app/ui/Chip.tsx";
import { classes } from "../../app/ui/classes.ts";
import { formatClockTime, formatDuration } from "../../timeline/duration.ts";
import { useVirtualRows } from "../../timeline/virtualRows.ts";
import type { Chosen } from "./executionActions.ts";
import type { Waiting } from "./executionEvents.ts";
import { itemWords } from "./executionOverlay.ts";
import { outcomeTones } from "./executionWords.ts";
import { listKeys } from "./listKeys.ts";
import type { Attempt, Step } from "./steps.ts";
import { leftWords, useVirtualNow } from "./virtualNow.ts";
import type { OpenedExecution } from "./watched.ts";
import { t } from "../../app/texts/texts.ts";

const rowPixels = 24;

interface StepRow {
  readonly step: Step;
  /** One of several. */
  readonly attempt: Attempt | null;
  readonly number: number;
  /** Chosen with the row; of the newest attempt whatever comes next too. */
  readonly event: number;
  readonly isNewest: boolean;
  readonly depth: number;
}

export interface StepListProps {
  opened: OpenedExecution;
  /** The chosen event. */
  event: number;
  onChoose(chosen: Chosen): void;
}

/** Each stay in a state, and each attempt of its work, in the order in which they began. */
export function StepList({ opened, event, onChoose }: StepListProps) {
  const rows = useMemo(() => opened.steps.flatMap(rowsOf), [opened.steps]);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualRows({ count: rows.length, scroller, rowPixels, keyOf: (at) => rows[at]?.event ?? at });
  const waits = useMemo(() => waitsOf(opened.waiting), [opened.waiting]);
  const now = useVirtualNow(opened.waiting.some((one) => "until" in one));
  const at = rowAt(rows, opened, event);
  const go = (to: number): void => {
    const row = rows[to];
    if (row !== undefined) onChoose({ event: row.event, ...(row.isNewest && { step: row.step.id }) });
  };
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- only when another row is chosen, not when the list grows
  }, [at, event]);
  return (
    <div
      ref={scroller}
      role="listbox"
      aria-label={t("Steps")}
      aria-activedescendant={at < 0 ? undefined : `step-${at}`}
      tabIndex={0}
      data-quiet-focus
      onKeyDown={listKeys(rows.length, at, go)}
      className="h-full overflow-x-hidden overflow-y-auto py-1 outline-none"
    >
      <div className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          const { step, attempt, depth } = row;
          const beganAt = attempt?.beganAt ?? step.enteredAt;
          const waiting = waits.get(step.id);
          const isLast = attempt === null || attempt === step.attempts.at(-1);
          const hasFailed = attempt?.error !== null && attempt !== null;
          const words = wordsOf(row, waiting, now);
          return (
            <div
              key={item.key}
              id={`step-${item.index}`}
              role="option"
              aria-selected={item.index === at}
              onClick={() => go(item.index)}
              style={{ height: rowPixels, transform: `translateY(${item.start}px)`, paddingLeft: 12 + depth * 12 }}
              className={classes(
                "absolute inset-x-0 top-0 flex items-center gap-2 pr-3",
                item.index === at ? "bg-accent-soft shadow-[inset_2px_0_var(--accent)]" : "hover:bg-hover",
              )}
            >
              <Dot tone={hasFailed ? "error" : outcomeTones[step.outcome]} />
              <span className="min-w-0 flex-1 truncate" title={step.state}>
                {step.state}
                {step.index !== null && step.parent?.type === "Map" && <span className="text-fg-3"> #{step.index}</span>}
                {attempt !== null && <span className="text-fg-2">{t(", attempt {{number}}", { number: row.number })}</span>}
                {step.items !== null && <span className="text-fg-3">, {itemWords(step.items)}</span>}
              </span>
              {waiting?.type === "task" && isLast && (
                <Hand size={12} className="flex-none text-accent" aria-label={t("waits for an answer")} />
              )}
              {waiting?.type === "retry" && isLast && <RotateCcw size={11} className="flex-none text-fg-3" />}{" "}
              <span className="flex-none font-mono text-xs text-fg-3" title={formatClockTime(beganAt)}>
                {formatClockTime(beganAt).slice(6)}
              </span>{" "}
              <span
                title={words}
                className={classes(
                  "w-[72px] flex-none truncate text-right text-xs tabular-nums",
                  hasFailed || step.outcome === "failed" ? "text-error" : step.outcome === "running" ? "text-accent" : "text-fg-2",
                )}
              >
                {words}
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** A call that waits for an answer is both. */
function waitsOf(waiting: readonly Waiting[]): ReadonlyMap<number, Waiting> {
  const isCall = (one: Waiting): number => Number(one.type !== "call");
  return new Map(waiting.toSorted((a, b) => isCall(a) - isCall(b)).map((one) => [one.enteredId, one]));
}

/** `212 ms`, `GatewayBusy`, `59 m`: how long it took, what went wrong, or what is left. */
function wordsOf({ step, attempt }: StepRow, waiting: Waiting | undefined, now: number): string {
  if (attempt !== null && attempt.error !== null) return attempt.error;
  const endedAt = attempt === null ? step.leftAt : attempt.endedAt;
  if (endedAt !== null) return formatDuration(endedAt - (attempt?.beganAt ?? step.enteredAt));
  if (step.outcome !== "running") return step.error ?? step.outcome;
  if (waiting === undefined || waiting.type === "call") return t("running");
  if (waiting.type === "task") return t("waits");
  return waiting.type === "retry" ? t("retry in {{until}}", { until: leftWords(waiting.until - now) }) : leftWords(waiting.until - now);
}

function rowsOf(step: Step): readonly StepRow[] {
  const depth = depthOf(step);
  const whole = { step, attempt: null, number: 1, event: step.left ?? step.last, isNewest: true, depth };
  if (step.attempts.length < 2) return [whole];
  return step.attempts.map((attempt, index) => ({
    step,
    attempt,
    number: index + 1,
    event: index === step.attempts.length - 1 ? whole.event : (attempt.ended ?? attempt.begun),
    isNewest: index === step.attempts.length - 1,
    depth,
  }));
}

export function depthOf(step: Step): number {
  return step.parent === null ? 0 : depthOf(step.parent) + 1;
}

/** The row in which an event happened. */
function rowAt(rows: readonly StepRow[], { events }: OpenedExecution, event: number): number {
  const chosen = events.find(({ id }) => id === event);
  if (chosen === undefined) return -1;
  return rows.findLastIndex(
    ({ step, attempt, number }) =>
      step.frame === chosen.frame &&
      step.id <= event &&
      (step.left === null || event <= step.left) &&
      (attempt === null || number === 1 || attempt.begun <= event),
  );
}
