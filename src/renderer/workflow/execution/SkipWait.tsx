import { SkipForward } from "lucide-react";
import { useState } from "react";
import { call } from "../../app/api.ts";
import { useLive } from "../../app/stores/live.ts";
import { attempt } from "../../app/stores/notices.ts";
import { Button } from "../../app/ui/Button.tsx";
import { Popover } from "../../app/ui/Popover.tsx";
import { formatDuration } from "../../timeline/duration.ts";
import { leftWords, useVirtualNow } from "./virtualNow.ts";
import { t } from "../../app/texts/texts.ts";

export interface SkipWaitProps {
  /** The state that waits. */
  state: string;
  until: number;
  /** `Skip`, or with what is left: `Skip Wait, 42 m`. */
  isLong?: boolean;
}

/** The clock tells no more of what is due than this. */
const mostDueTold = 50;
const mostListed = 6;
const sameMomentMilliseconds = 1;

/** Moves the clock on to the end of a wait; what else becomes due on the way is said before. */
export function SkipWait({ state, until, isLong = false }: SkipWaitProps) {
  const [isOpen, setOpen] = useState(false);
  const now = useVirtualNow(true);
  const due = useLive((live) => live.clock?.due);
  const before = (due ?? []).filter(({ at }) => at <= until + sameMomentMilliseconds);
  const own = before.findIndex(({ at, title }) => title.includes(state) && Math.abs(at - until) <= sameMomentMilliseconds);
  const others = before.filter((_, index) => index !== own);
  const isMore = (due?.length ?? 0) >= mostDueTold && others.length >= mostDueTold - 1;
  const skip = (): void => {
    setOpen(false);
    void attempt(t("Skip the wait of {{state}}", { state }), () => call("clock.skipTo", { at: until }));
  };
  const left = leftWords(until - now);
  return (
    <span className="nopan nodrag flex" onClick={(event) => event.stopPropagation()} onDoubleClick={(event) => event.stopPropagation()}>
      <Popover
        isOpen={isOpen}
        onOpenChange={(open) => (open && others.length === 0 ? skip() : setOpen(open))}
        align="end"
        trigger={
          isLong ? (
            <Button size="compact" aria-label={t("Skip {{state}}, {{left}}", { state, left })}>
              <SkipForward size={12} />
              {t("Skip {{state}}, {{left}}", { state, left })}
            </Button>
          ) : (
            <button
              type="button"
              aria-label={t("Skip the wait of {{state}}", { state })}
              className="flex h-[18px] items-center gap-1 rounded-sm bg-accent-soft px-1.5 text-2xs font-medium text-accent hover:bg-accent-solid hover:text-on-accent"
            >
              <SkipForward size={10} />
              {t("Skip")}
            </button>
          )
        }
      >
        <p className="font-medium">{t("Time goes on by {{left}}", { left })}</p>
        <p className="mt-1 text-xs text-fg-2">{t("This becomes due on the way, and happens:")}</p>
        <ul className="mt-2 flex flex-col gap-1">
          {others.slice(0, mostListed).map(({ at, title, resource }, index) => (
            <li key={`${at} ${title} ${index}`} className="flex items-baseline gap-2 text-xs">
              <span className="min-w-0 flex-1 truncate" title={title}>
                {resource?.logicalId === undefined ? title : title.replace(resource.name, resource.logicalId)}
              </span>
              <span className="flex-none text-fg-3 tabular-nums">
                {t("in {{left}}", { left: formatDuration(Math.max(0, Math.round(at - now))) })}
              </span>
            </li>
          ))}
          {others.length > mostListed && (
            <li className="text-xs text-fg-3">
              {isMore
                ? t("and {{count}} or more others", { count: others.length - mostListed })
                : t("and {{count}} others", { count: others.length - mostListed })}
            </li>
          )}
        </ul>
        <div className="mt-3 flex justify-end">
          <Button size="compact" look="primary" onClick={skip}>
            <SkipForward size={12} />
            {t("Skip {{left}}", { left })}
          </Button>
        </div>
      </Popover>
    </span>
  );
}
