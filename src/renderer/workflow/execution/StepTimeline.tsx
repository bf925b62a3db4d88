import { useEffect, useMemo, useRef } from "react";
import { useMeasuredWidth } from "../../app/ui/measuredWidth.ts";
import { classes } from "../../app/ui/classes.ts";
import { formatDuration } from "../../timeline/duration.ts";
import { timeScale, type TimedHop, type TimeScale } from "../../timeline/timeScale.ts";
import { TimeAxis, TimeGaps } from "../../timeline/TimeAxis.tsx";
import { useVirtualRows } from "../../timeline/virtualRows.ts";
import type { Chosen } from "./executionActions.ts";
import { listKeys } from "./listKeys.ts";
import { depthOf } from "./StepList.tsx";
import type { Step } from "./steps.ts";
import { useVirtualNow } from "./virtualNow.ts";
import type { OpenedExecution } from "./watched.ts";
import { t } from "../../app/texts/texts.ts";

const rowPixels = 20;
const labelRoom = 64;
const leastBar = 3;

const colours: Readonly<Record<Step["outcome"], string>> = {
  running: "var(--accent)",
  ok: "var(--ok)",
  caught: "var(--throttled)",
  failed: "var(--error)",
  stopped: "var(--fg-3)",
};

/** Each stay in a state over time, its attempts within; stretches in which nothing ran are drawn narrow. */
export function StepTimeline({ opened, event, onChoose }: { opened: OpenedExecution; event: number; onChoose(chosen: Chosen): void }) {
  const { steps, execution } = opened;
  const isRunning = execution.status === "RUNNING";
  const told = useVirtualNow(isRunning);
  const now = isRunning ? told : (execution.stoppedAt ?? told);
  const [width, measure] = useMeasuredWidth();
  const nameWidth = Math.round(Math.max(140, Math.min(240, width * 0.34)));
  const hops = useMemo(() => steps.flatMap((step) => hopsOf(step, now)), [steps, now]);
  const scale = useMemo(
    () => (hops.length === 0 ? null : timeScale(hops, Math.max(80, width - nameWidth - labelRoom), now)),
    [hops, width, nameWidth, now],
  );
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualRows({ count: steps.length, scroller, rowPixels, keyOf: (at) => steps[at]?.id ?? at });
  const frame = opened.events.find(({ id }) => id === event)?.frame;
  const at = steps.findLastIndex((step) => step.frame === frame && step.id <= event);
  const go = (to: number): void => {
    const step = steps[to];
    if (step !== undefined) onChoose({ event: step.left ?? step.last, step: step.id });
  };
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- only when another step is chosen
  }, [at]);
  return (
    <div ref={measure} className="relative flex h-full min-h-0 flex-col">
      {scale !== null && (
        <>
          <div className="flex h-6 flex-none items-center pl-3 text-2xs text-fg-3 tabular-nums">
            <span style={{ width: nameWidth - 12 }} className="flex-none truncate pr-2 text-xs text-fg-2">
              {t("{{count}} steps", { count: steps.length })} · {formatDuration(Math.max(0, now - execution.startedAt))}
            </span>
            <TimeAxis scale={scale} />
          </div>
          <div
            ref={scroller}
            role="listbox"
            aria-label={t("Timeline of the states")}
            aria-activedescendant={at < 0 ? undefined : `bar-${at}`}
            tabIndex={0}
            data-quiet-focus
            onKeyDown={listKeys(steps.length, at, go)}
            className="min-h-0 flex-1 overflow-x-hidden overflow-y-auto pb-2 outline-none"
          >
            <div className="relative" style={{ height: virtual.getTotalSize() }}>
              <TimeGaps scale={scale} left={nameWidth} />
              {virtual.getVirtualItems().map((item) => {
                const step = steps[item.index];
                if (step === undefined) return null;
                return (
                  <div
                    key={item.key}
                    id={`bar-${item.index}`}
                    role="option"
                    aria-selected={item.index === at}
                    onClick={() => go(item.index)}
                    style={{ transform: `translateY(${item.start}px)` }}
                    className={classes(
                      "absolute inset-x-0 top-0 flex h-5 items-center",
                      item.index === at ? "bg-accent-soft" : "hover:bg-hover",
                    )}
                  >
                    <span
                      className="flex-none truncate pr-2 text-[11.5px]"
                      style={{ width: nameWidth, paddingLeft: 12 + depthOf(step) * 10 }}
                      title={step.state}
                    >
                      {step.state}
                      {step.parent?.type === "Map" && <span className="text-fg-3"> #{step.index}</span>}
                    </span>{" "}
                    <Bars step={step} scale={scale} now={now} />
                  </div>
                );
              })}
            </div>
          </div>
        </>
      )}
    </div>
  );
}

function Bars({ step, scale, now }: { step: Step; scale: TimeScale; now: number }) {
  const end = endOf(step, now);
  const left = scale.x(step.enteredAt);
  const right = Math.max(left + leastBar, scale.x(end));
  const isWait = step.type === "Wait" || step.attempts.length > 1 || step.type === "Parallel" || step.type === "Map";
  const tries = step.attempts.length > 1 ? step.attempts : [];
  const total = scale.pieces.at(-1)?.right ?? 0;
  const isBefore = right > total - 8 && left > labelRoom;
  const words = `${formatDuration(end - step.enteredAt)}${step.error !== null && step.outcome !== "ok" ? ` · ${step.error}` : ""}`;
  return (
    <span className="relative h-full min-w-0 flex-1">
      <span
        className={classes("absolute rounded-[2px]", isWait ? "top-1 h-3 border border-dashed" : "top-1.5 h-2")}
        style={{
          left,
          width: right - left,
          borderColor: colours[step.outcome],
          background: isWait ? `color-mix(in oklab, ${colours[step.outcome]} 12%, transparent)` : colours[step.outcome],
        }}
      />
      {tries.map((attempt) => {
        const from = scale.x(attempt.beganAt);
        return (
          <span
            key={attempt.begun}
            className="absolute top-1.5 h-2 rounded-[2px]"
            style={{
              left: from,
              width: Math.max(leastBar, scale.x(attempt.endedAt ?? end) - from),
              background: attempt.error === null ? colours[step.outcome] : "var(--error)",
            }}
          />
        );
      })}
      <span
        className={classes(
          "absolute top-[2px] text-2xs leading-4 whitespace-nowrap tabular-nums",
          step.outcome === "failed" ? "text-error" : "text-fg-2",
        )}
        style={isBefore ? { right: `calc(100% - ${left - 6}px)` } : { left: right + 6 }}
      >
        <span className="rounded-sm bg-panel/75 px-0.5">{words}</span>
      </span>
    </span>
  );
}

function endOf(step: Step, now: number): number {
  if (step.leftAt !== null) return step.leftAt;
  return step.outcome === "running" ? Math.max(now, step.enteredAt) : (step.attempts.at(-1)?.endedAt ?? Math.max(step.enteredAt, now));
}

/** For the scale: of a step with attempts only these are work, a Wait is none, and around others their inner steps are. */
function hopsOf(step: Step, now: number): readonly TimedHop[] {
  const own = String(step.id);
  const hop = {
    spanId: own,
    parentId: step.parent === null ? null : String(step.parent.id),
    startedAt: step.enteredAt,
    endedAt: endOf(step, now),
  };
  const isContainer = (step.type === "Map" || step.type === "Parallel") && step.mapRunArn === null;
  if (step.attempts.length < 2) return [{ ...hop, kind: step.type === "Wait" || isContainer ? "wait" : "transition" }];
  return [
    { ...hop, kind: "wait" },
    ...(isContainer
      ? []
      : step.attempts.map((attempt): TimedHop => ({
          spanId: `${own} ${attempt.begun}`,
          parentId: own,
          startedAt: attempt.beganAt,
          endedAt: attempt.endedAt ?? endOf(step, now),
          kind: "operation",
        }))),
  ];
}
