import { ChevronDown, Clock, Pause, SkipForward } from "lucide-react";
import { useEffect, useRef } from "react";
import { runCommand } from "../commands.ts";
import { setClockRate } from "../commands/runCommands.ts";
import { clockNow, useLive } from "../stores/live.ts";
import { classes } from "../ui/classes.ts";
import { DropdownMenu, type MenuItem } from "../ui/Menu.tsx";
import { Tooltip } from "../ui/Tooltip.tsx";
import { t } from "../texts/texts.ts";

const rates = [1, 10, 100, 1000];

/** Virtual time: what it is, how fast it runs, and on to the next thing that is due. */
export function ClockControl() {
  const clock = useLive((live) => live.clock);
  const isHeld = useLive((live) => live.debugger.holds.length > 0);
  if (clock === null) return null;
  const isStanding = clock.isPaused || isHeld;
  const items: MenuItem[] = [
    { type: "heading", title: t("How fast time runs") },
    ...rates.map((rate): MenuItem => ({
      type: "action",
      id: String(rate),
      title: rate === 1 ? t("1× · real time") : `${rate}×`,
      isChecked: clock.rate === rate && !clock.isPaused,
      run: () => setClockRate(rate),
    })),
    { type: "separator" },
    {
      type: "action",
      id: "pause",
      title: clock.isPaused ? t("Let time run") : t("Pause"),
      shortcut: "F6",
      isChecked: clock.isPaused,
      run: () => runCommand("clock.pause"),
    },
  ];
  const next = clock.due[0];
  return (
    <div className="flex h-7 flex-none items-stretch overflow-hidden rounded-md border border-line bg-input">
      <Tooltip text={isHeld ? t("Time stands still while a hop is held") : t("Virtual time: delays, retries, TTLs and schedules obey it")}>
        <span tabIndex={0} className={classes("flex items-center gap-1.5 px-2.5", isStanding && "text-throttled")}>
          {isStanding ? <Pause size={14} /> : <Clock size={14} className="text-fg-2" />}
          <RunningTime />
        </span>
      </Tooltip>
      <DropdownMenu items={items} align="end">
        <button
          type="button"
          aria-label={t("Clock rate, {{rate}}×", { rate: clock.rate })}
          className="flex items-center gap-1.5 border-l border-line px-2 tabular-nums hover:bg-hover data-[state=open]:bg-hover"
        >
          {clock.rate}×
          <ChevronDown size={12} className="text-fg-3" />
        </button>
      </DropdownMenu>
      <Tooltip text={next === undefined ? t("Nothing is due") : t("Skip to: {{title}}", { title: next.title })} shortcut="mod+.">
        <button
          type="button"
          aria-label={t("Skip to the next due thing")}
          onClick={() => runCommand("clock.skip")}
          className="flex items-center border-l border-line px-2 text-fg-2 hover:bg-hover hover:text-fg"
        >
          <SkipForward size={14} />
        </button>
      </Tooltip>
    </div>
  );
}

const timeFormat = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });

/** `14:02:11.400` as the mock writes it. */
export function timeText(milliseconds: number): string {
  return `${timeFormat.format(milliseconds)}.${String(Math.floor(milliseconds % 1000)).padStart(3, "0")}`;
}

/** Written straight into the page ten times a second: no React work for a running clock. */
function RunningTime() {
  const text = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const show = (): void => {
      if (text.current !== null) text.current.textContent = timeText(clockNow(useLive.getState()));
    };
    show();
    const timer = setInterval(show, 100);
    return () => clearInterval(timer);
  }, []);
  return <span ref={text} role="timer" className="font-mono text-sm tabular-nums" />;
}
