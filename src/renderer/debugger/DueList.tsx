import { AlarmClock, Pause, SkipForward } from "lucide-react";
import { useEffect, useState } from "react";
import { clockNow, useLive } from "../app/stores/live.ts";
import { selectResources } from "../app/stores/selection.ts";
import { Chip } from "../app/ui/Chip.tsx";
import { EmptyState } from "../app/ui/EmptyState.tsx";
import { IconButton } from "../app/ui/IconButton.tsx";
import { ResourceIcon } from "../app/ui/ResourceIcon.tsx";
import { formatClockTime, formatDuration } from "../timeline/duration.ts";
import { skipTo } from "./stepping.ts";
import { t } from "../app/texts/texts.ts";

const SECOND = 1000;
const MAX_SHOWN = 200;

/** What the clock is waiting for, soonest first; each can be skipped to. */
export function DueList() {
  const clock = useLive((live) => live.clock);
  const isHeld = useLive((live) => live.debugger.holds.length > 0);
  const now = useClockNow(clock !== null && !clock.isPaused);
  const [skipping, setSkipping] = useState<number | null>(null);
  const due = clock?.due ?? [];
  const stands = clock !== null && (clock.isPaused || isHeld);

  const skip = (at: number, index: number): void => {
    setSkipping(index);
    void skipTo(at).finally(() => setSkipping(null));
  };
  return (
    <section aria-label={t("Due")} className="flex h-full min-h-0 flex-col">
      <h3 className="flex h-[26px] flex-none items-center px-3 text-xs font-medium text-fg-3">
        {t("Due")}
        {stands && (
          <Chip tone="throttled" className="ml-auto font-medium tabular-nums">
            <Pause size={10} />
            {t("clock {{value}} {{now}}", { value: clock.isPaused ? t("paused") : t("held"), now: formatClockTime(clock.now) })}
          </Chip>
        )}
      </h3>
      {due.length === 0 ? (
        <EmptyState icon={<AlarmClock size={18} />} title={t("Nothing is waiting")}>
          {t("Visibility timeouts, delays, retries, cache ages and schedules are listed here, and a click skips to any of them.")}
        </EmptyState>
      ) : (
        <ol className="min-h-0 flex-1 overflow-auto pb-1">
          {due.slice(0, MAX_SHOWN).map((one, index) => (
            <li key={`${one.at} ${one.title} ${index}`} className="group/due flex h-[26px] items-center gap-2 px-3 hover:bg-hover">
              <ResourceIcon type={one.resource?.type ?? ""} size={14} />
              <button
                type="button"
                className="min-w-0 flex-1 truncate text-left"
                onClick={() => one.resource?.logicalId !== undefined && selectResources([one.resource.logicalId], { reveal: true })}
              >
                {one.title}
              </button>
              <span className="font-mono text-xs text-fg-3">{formatClockTime(one.at, false)}</span>
              <span className="w-16 flex-none text-right font-medium tabular-nums">{remaining(one.at - now)}</span>
              <IconButton
                label={t("Skip to {{title}}", { title: one.title })}
                size={20}
                disabled={skipping !== null}
                onClick={() => skip(one.at, index)}
              >
                <SkipForward size={13} className="text-accent" />
              </IconButton>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function remaining(milliseconds: number): string {
  if (milliseconds <= 0) return t("now");
  return formatDuration(milliseconds < SECOND ? milliseconds : Math.round(milliseconds / SECOND) * SECOND);
}

function useClockNow(isMoving: boolean): number {
  const [now, setNow] = useState(() => clockNow(useLive.getState()));
  useEffect(() => {
    const update = (): void => setNow(clockNow(useLive.getState()));
    update();
    const stop = useLive.subscribe(update);
    const timer = isMoving ? setInterval(update, SECOND / 4) : undefined;
    return () => {
      stop();
      clearInterval(timer);
    };
  }, [isMoving]);
  return now;
}
