import type { LogLine } from "../../model/trace.ts";
import { classes } from "../app/ui/classes.ts";
import { formatClockTime } from "./duration.ts";
import { t } from "../app/texts/texts.ts";

export const levelColours: Readonly<Record<LogLine["level"], string>> = {
  debug: "text-fg-3",
  info: "text-fg-2",
  warn: "text-throttled",
  error: "text-error",
  platform: "text-fg-3",
};

/** The lines that one hop logged. */
export function LogLines({ lines }: { lines: readonly LogLine[] }) {
  return (
    <div data-selectable role="log" aria-label={t("Logs")} className="h-full overflow-auto py-1.5 font-mono text-xs leading-[18px]">
      {lines.map((line, at) => (
        <div key={at} className="flex gap-2 px-3 hover:bg-hover">
          <span className="flex-none text-fg-3">{formatClockTime(line.at).slice(6)}</span>
          <span className={classes("w-10 flex-none", levelColours[line.level])}>{line.level === "platform" ? "lambda" : line.level}</span>
          <span className={classes("min-w-0 [overflow-wrap:anywhere] whitespace-pre-wrap", line.level === "error" && "text-error")}>
            {line.message}
          </span>
        </div>
      ))}
    </div>
  );
}
