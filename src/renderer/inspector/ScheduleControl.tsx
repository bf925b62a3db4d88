import { CalendarClock } from "lucide-react";
import { useState } from "react";
import { nextRuns, readRuleSchedule, readSchedule } from "../../model/eventBridge/schedule.ts";
import { expressionOf, partsOf, type ScheduleParts, type ScheduleUnit } from "../../model/eventBridge/scheduleParts.ts";
import { isTimeZone } from "../../model/eventBridge/timeZone.ts";
import type { Json } from "../../model/json.ts";
import { locale } from "../app/format.ts";
import { clockNow, useLive } from "../app/stores/live.ts";
import { IconButton } from "../app/ui/IconButton.tsx";
import { Popover } from "../app/ui/Popover.tsx";
import { Select } from "../app/ui/Select.tsx";
import { TextField } from "../app/ui/TextField.tsx";
import { classes } from "../app/ui/classes.ts";
import { t } from "../app/texts/texts.ts";
import { parseTyped, textOf } from "./propertyControls.ts";

export interface ScheduleControlProps {
  label: string;
  value: Json | undefined;
  /** Rules know no single moments, and want `minute` for one and `minutes` for more. */
  of: "rule" | "scheduler";
  /** IANA's name: `Europe/Berlin`. Rules run in UTC. */
  timeZone: string;
  onChange(value: Json | undefined): void;
}

const shownRuns = 5;

/** A schedule as text, with a form beside it that writes the text, and when it runs next. */
export function ScheduleControl({ label, value, of, timeZone, onChange }: ScheduleControlProps) {
  const text = textOf(value);
  const runs = useNextRuns(text, of, timeZone);
  const [first] = runs ?? [];
  const isWrong = text !== "" && runs === null;
  return (
    <div className="flex min-w-0 flex-col gap-0.5">
      <TextField
        label={label}
        value={text}
        placeholder="rate(5 minutes)"
        isMono
        problem={isWrong ? wrongWords(of) : null}
        onCommit={(typed) => onChange(typed.trim() === "" ? undefined : parseTyped(typed.trim()))}
        className="pr-0.5"
        after={
          <Popover
            align="end"
            width={268}
            trigger={
              <IconButton label={t("Choose when")} size={20}>
                <CalendarClock size={13} />
              </IconButton>
            }
          >
            <ScheduleForm text={text} of={of} timeZone={timeZone} runs={runs} onChange={onChange} />
          </Popover>
        }
      />
      {isWrong && <span className="text-xs leading-4 text-error">{wrongWords(of)}</span>}
      {first !== undefined && (
        <span className="text-xs leading-4 text-fg-3 tabular-nums">{t("Next {{when}}", { when: runText(first, timeZone) })}</span>
      )}
      {text !== "" && runs?.length === 0 && <span className="text-xs leading-4 text-throttled">{t("It does not run any more.")}</span>}
    </div>
  );
}

function wrongWords(of: ScheduleControlProps["of"]): string {
  return of === "rule" ? t("A rule takes rate(5 minutes) or cron(0 12 * * ? *).") : t("It takes rate(…), cron(…) or at(…).");
}

/** null: the text is no schedule. Of a rate, as if it began now. */
function useNextRuns(text: string, of: ScheduleControlProps["of"], timeZone: string): readonly number[] | null {
  // told with every message of the clock, and not each second: runs are minutes apart
  const clock = useLive((live) => live.clock);
  const [shownAt] = useState(Date.now);
  const now = clock === null ? shownAt : clockNow(useLive.getState());
  const schedule = of === "rule" ? readRuleSchedule(text) : readSchedule(text);
  if (schedule === undefined) return null;
  return nextRuns(schedule, now, { from: now, timeZone: isTimeZone(timeZone) ? timeZone : "UTC" }, shownRuns);
}

function runText(moment: number, timeZone: string): string {
  return new Intl.DateTimeFormat(locale(), {
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    timeZone: isTimeZone(timeZone) ? timeZone : "UTC",
  }).format(moment);
}

interface FormProps {
  text: string;
  of: ScheduleControlProps["of"];
  timeZone: string;
  runs: readonly number[] | null;
  onChange(value: string): void;
}

function ScheduleForm({ text, of, timeZone, runs, onChange }: FormProps) {
  const parts = partsOf(text === "" ? "rate(5 minutes)" : text);
  const write = (next: ScheduleParts): void => onChange(expressionOf(next));
  const kinds: readonly { value: ScheduleParts["type"]; title: string }[] = [
    { value: "every", title: t("Every so often") },
    { value: "daily", title: t("At a time of day") },
    ...(of === "scheduler" ? [{ value: "once" as const, title: t("Once") }] : []),
    { value: "cron", title: t("By cron fields") },
  ];
  return (
    <div className="flex flex-col gap-2">
      <Select label={t("How it repeats")} value={parts.type} options={kinds} onChange={(type) => write(begun(type, parts))} />
      <PartFields parts={parts} onChange={write} />
      <div className="border-t border-line pt-2">
        <p className="text-xs font-medium text-fg-3">
          {parts.type === "every" ? t("Next runs, if it began now") : t("Next runs, in {{timeZone}}", { timeZone })}
        </p>
        <ol className="mt-1 flex flex-col text-xs leading-[18px] text-fg-2 tabular-nums">
          {(runs ?? []).map((run) => (
            <li key={run}>{runText(run, timeZone)}</li>
          ))}
        </ol>
        {runs === null && <p className="text-xs text-error">{wrongWords(of)}</p>}
        {runs?.length === 0 && <p className="text-xs text-fg-3">{t("It does not run any more.")}</p>}
      </div>
    </div>
  );
}

/** The same as far as the other way of saying it goes. */
function begun(type: ScheduleParts["type"], before: ScheduleParts): ScheduleParts {
  switch (type) {
    case "every":
      return { type, count: 5, unit: "minutes" };
    case "daily":
      return { type, hour: 9, minute: 0, weekdays: [] };
    case "cron":
      return { type, fields: /^cron\((.*)\)$/.exec(expressionOf(before))?.[1] ?? "0 12 * * ? *" };
    case "once":
      return { type, moment: new Date(Date.now() + 3_600_000).toISOString().slice(0, 16).concat(":00") };
  }
}

function PartFields({ parts, onChange }: { parts: ScheduleParts; onChange(parts: ScheduleParts): void }) {
  switch (parts.type) {
    case "every": {
      const units: readonly { value: ScheduleUnit; title: string }[] = [
        { value: "minutes", title: t("minutes") },
        { value: "hours", title: t("hours") },
        { value: "days", title: t("days") },
      ];
      const count = (typed: string): void => void (/^[1-9]\d*$/.test(typed.trim()) && onChange({ ...parts, count: Number(typed) }));
      return (
        <div className="grid grid-cols-[72px_1fr] gap-1.5">
          <TextField label={t("How many")} value={String(parts.count)} inputMode="numeric" onCommit={count} className="tabular-nums" />
          <Select label={t("Unit")} value={parts.unit} options={units} onChange={(unit) => onChange({ ...parts, unit })} />
        </div>
      );
    }
    case "daily":
      return <DailyFields parts={parts} onChange={onChange} />;
    case "cron":
      return (
        <div className="flex flex-col gap-1">
          <TextField label={t("Cron fields")} value={parts.fields} isMono onCommit={(fields) => onChange({ ...parts, fields })} />
          <p className="text-xs text-fg-3">{t("minute, hour, day of month, month, day of week, year; one of both days is ?")}</p>
        </div>
      );
    case "once":
      return <TextField label={t("Moment")} value={parts.moment} isMono onCommit={(moment) => onChange({ ...parts, moment })} />;
  }
}

type DailyParts = Extract<ScheduleParts, { type: "daily" }>;
/** A Sunday. */
const sunday = Date.UTC(2026, 0, 4);
const mondayFirst = [1, 2, 3, 4, 5, 6, 0];

function DailyFields({ parts, onChange }: { parts: DailyParts; onChange(parts: ScheduleParts): void }) {
  const { hour, minute, weekdays } = parts;
  const isOn = (day: number): boolean => weekdays.length === 0 || weekdays.includes(day);
  const toggle = (day: number): void => {
    const all = mondayFirst.filter((one) => (one === day ? !isOn(one) : isOn(one))).sort((a, b) => a - b);
    if (all.length > 0) onChange({ ...parts, weekdays: all.length === 7 ? [] : all });
  };
  const time = (typed: string): void => {
    const [, hours = "", minutes = ""] = /^(\d{1,2}):(\d{2})$/.exec(typed.trim()) ?? [];
    if (hours !== "" && Number(hours) < 24 && Number(minutes) < 60) onChange({ ...parts, hour: Number(hours), minute: Number(minutes) });
  };
  return (
    <div className="flex flex-col gap-1.5">
      <TextField label={t("Time of day")} value={`${hour}:${String(minute).padStart(2, "0")}`} onCommit={time} className="tabular-nums" />
      <div role="group" aria-label={t("On these days")} className="grid grid-cols-7 gap-1">
        {mondayFirst.map((day) => (
          <DayButton key={day} day={day} isOn={isOn(day)} onClick={() => toggle(day)} />
        ))}
      </div>
    </div>
  );
}

function DayButton({ day, isOn, onClick }: { day: number; isOn: boolean; onClick(): void }) {
  const date = sunday + day * 86_400_000;
  const name = (weekday: "long" | "short"): string => new Intl.DateTimeFormat(locale(), { weekday, timeZone: "UTC" }).format(date);
  return (
    <button
      type="button"
      aria-pressed={isOn}
      title={name("long")}
      onClick={onClick}
      className={classes(
        "h-6 truncate rounded-sm border text-xs",
        isOn ? "border-transparent bg-accent-soft font-medium text-accent" : "border-line text-fg-3 hover:bg-hover",
      )}
    >
      {name("short")}
    </button>
  );
}
