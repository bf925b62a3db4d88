// What an execution shows on a state's card, at its right end.
import { formatWhole } from "../../app/format.ts";
import { Check, CircleX, Hand, LoaderCircle, RotateCcw, TriangleAlert } from "lucide-react";
import { showDock } from "../../app/stores/layout.ts";
import { Tooltip } from "../../app/ui/Tooltip.tsx";
import { classes } from "../../app/ui/classes.ts";
import { formatDuration } from "../../timeline/duration.ts";
import { ChildrenMark } from "./ChildrenMark.tsx";
import type { StateRun } from "./executionOverlay.ts";
import { SkipWait } from "./SkipWait.tsx";
import { leftWords, useVirtualNow } from "./virtualNow.ts";
import { t } from "../../app/texts/texts.ts";

const tones = { running: "text-accent", ok: "text-ok", caught: "text-throttled", failed: "text-error", stopped: "text-fg-3" };

export function RunMark({ state, run, isWide = false }: { state: string; run: StateRun; isWide?: boolean }) {
  if (run.children !== null) return <ChildrenMark state={state} counted={run.children} isWide={isWide} />;
  const Icon = { running: LoaderCircle, ok: Check, caught: TriangleAlert, failed: CircleX, stopped: CircleX }[run.outcome];
  const time = run.exitedAt === null ? null : formatDuration(run.exitedAt - run.enteredAt);
  const isWaiting = run.waitsUntil !== null;
  return (
    <span
      className={classes(
        "flex flex-none text-xs leading-[15px] tabular-nums",
        isWide ? "flex-row-reverse items-center gap-2" : "flex-col items-end gap-px",
        tones[run.outcome],
      )}
    >
      <Tooltip text={run.words} side="top">
        <span className="flex items-center gap-1">
          {run.items !== null && (
            <span>
              {grouped(run.items.succeeded)}/{grouped(run.items.total)}
              {run.items.failed > 0 && (
                <span className="pl-1 text-error">{t("{{failed}} failed", { failed: grouped(run.items.failed) })}</span>
              )}
            </span>
          )}
          {run.count > 1 && <span>{grouped(run.count)}×</span>}
          {(run.retries > 0 || run.isRetrying) && (
            <span className="flex items-center gap-px">
              <RotateCcw size={10} />
              {run.retries > 0 && run.retries}
            </span>
          )}
          {run.waitsUntil !== null && <TimeLeft until={run.waitsUntil} isRetrying={run.isRetrying} />}
          {!isWaiting && <Icon size={13} className={run.outcome === "running" ? "animate-spin motion-reduce:animate-none" : ""} />}
        </span>
      </Tooltip>
      {run.waitsUntil !== null && <SkipWait state={state} until={run.waitsUntil} />}
      {run.openTask !== null && (
        <button
          type="button"
          aria-label={t("Answer {{state}}", { state })}
          onClick={() => showDock("execution")}
          className="nopan nodrag flex h-[18px] items-center gap-1 rounded-sm bg-accent-soft px-1.5 text-2xs font-medium text-accent hover:bg-accent-solid hover:text-on-accent"
        >
          <Hand size={10} />
          {t("Answer")}
        </button>
      )}
      {time !== null && <span>{time}</span>}
    </span>
  );
}

/** `20,000` */
function grouped(count: number): string {
  return formatWhole(count);
}

function TimeLeft({ until, isRetrying }: { until: number; isRetrying: boolean }) {
  const now = useVirtualNow(true);
  const left = until - now;
  return (
    <span>
      {left <= 0 ? t("due") : isRetrying ? t("in {{left}}", { left: leftWords(left) }) : t("{{left}} left", { left: leftWords(left) })}
    </span>
  );
}
