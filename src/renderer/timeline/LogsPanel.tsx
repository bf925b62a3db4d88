import { ArrowDown, ListFilter, Pause, Play, ScrollText } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { LogEntry } from "../../model/run.ts";
import type { LogLine } from "../../model/trace.ts";
import { DockTools } from "../app/shell/DockTools.tsx";
import { useDesign } from "../app/stores/design.ts";
import { EmptyState } from "../app/ui/EmptyState.tsx";
import { IconButton } from "../app/ui/IconButton.tsx";
import { DropdownMenu, type MenuItem } from "../app/ui/Menu.tsx";
import { SearchField } from "../app/ui/SearchField.tsx";
import { classes } from "../app/ui/classes.ts";
import { formatClockTime } from "./duration.ts";
import { levelColours } from "./LogLines.tsx";
import { followLogs, isFilteringLogs, loadOlderLogs, setLogFilter, setLogsHeld, useLogTail } from "./logTail.ts";
import { resourceName } from "./spanWords.ts";
import { showTrace } from "./traceList.ts";
import { useVirtualRows } from "./virtualRows.ts";
import { perLanguage, t } from "../app/texts/texts.ts";

const ROW_PIXELS = 18;
const levels = perLanguage((): readonly (readonly [LogLine["level"], string])[] => [
  ["error", t("Errors")],
  ["warn", t("Warnings and worse")],
  ["info", t("Info and worse")],
  ["debug", t("Everything")],
]);

/** What all functions print, newest at the end. Scrolling up holds the tail still. */
export function LogsPanel() {
  const { entries, waiting, filter, isPaused, isLoading, problem } = useLogTail();
  const [isAtEnd, setAtEnd] = useState(true);
  const scroller = useRef<HTMLDivElement>(null);
  useEffect(followLogs, []);

  const virtual = useVirtualRows({ count: entries.length, scroller, rowPixels: ROW_PIXELS, keyOf: (at) => entryKey(entries[at], at) });
  const toEnd = (): void => virtual.scrollToIndex(entries.length - 1, { align: "end" });
  useEffect(() => {
    if (isAtEnd && !isPaused && entries.length > 0) toEnd();
    // Only new lines move the tail.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [entries.length]);

  const onScroll = (): void => {
    const element = scroller.current;
    if (element === null) return;
    const atEnd = element.scrollHeight - element.scrollTop - element.clientHeight < ROW_PIXELS * 2;
    setAtEnd(atEnd);
    setLogsHeld(!atEnd || isPaused);
    if (element.scrollTop < ROW_PIXELS * 10) void loadOlderLogs();
  };

  const hasNone = entries.length === 0 && waiting.length === 0;
  return (
    <div className="absolute inset-0 flex flex-col">
      <DockTools>
        <LogTools />
      </DockTools>
      {hasNone ? (
        <EmptyState
          icon={<ScrollText size={18} />}
          title={
            problem === null ? (isFilteringLogs(filter) ? t("No line matches") : t("Nothing logged yet")) : t("Logs could not be read")
          }
        >
          {problem ??
            (isLoading
              ? t("Loading…")
              : t(
                  "Whatever your functions print appears here, with the request it belongs to. A click on a line's request opens its trace.",
                ))}
        </EmptyState>
      ) : (
        <div
          ref={scroller}
          role="log"
          aria-label={t("Logs")}
          tabIndex={0}
          data-selectable
          data-quiet-focus
          onScroll={onScroll}
          className="min-h-0 flex-1 overflow-auto py-1 font-mono text-xs leading-[18px] outline-none"
        >
          <div className="relative" style={{ height: virtual.getTotalSize() }}>
            {virtual.getVirtualItems().map((item) => {
              const entry = entries[item.index];
              if (entry === undefined) return null;
              return (
                <div
                  key={item.key}
                  ref={virtual.measureElement}
                  data-index={item.index}
                  className="absolute inset-x-0 top-0"
                  style={{ transform: `translateY(${item.start}px)` }}
                >
                  <LogRow entry={entry} />
                </div>
              );
            })}
          </div>
        </div>
      )}
      {(!isAtEnd || isPaused) && waiting.length > 0 && (
        <button
          type="button"
          onClick={() => {
            setLogsHeld(isPaused);
            toEnd();
          }}
          className="pop absolute bottom-3 left-1/2 flex h-6 -translate-x-1/2 items-center gap-1.5 rounded-full border border-accent-line bg-raised px-3 text-xs font-medium text-accent tabular-nums shadow-2"
        >
          <ArrowDown size={12} />
          {t("{{count}} new", { count: waiting.length })}
        </button>
      )}
    </div>
  );
}

function entryKey(entry: LogEntry | undefined, at: number): string {
  return entry === undefined ? String(at) : `${entry.spanId} ${entry.at} ${at}`;
}

function LogRow({ entry }: { entry: LogEntry }) {
  const id = entry.requestId ?? entry.traceId;
  return (
    <div className={classes("group/line flex gap-3 px-3 hover:bg-hover", entry.level === "error" && "bg-error-soft")}>
      <span className="flex-none text-fg-3">{formatClockTime(entry.at)}</span>
      <span className={classes("w-10 flex-none", levelColours[entry.level])}>{entry.level === "platform" ? "lambda" : entry.level}</span>
      <span className="w-28 flex-none truncate text-fg-2" title={resourceName(entry.target)}>
        {resourceName(entry.target)}
      </span>
      <button
        type="button"
        title={t("Open the trace of request {{id}}", { id })}
        onClick={() => showTrace(entry.traceId, entry.spanId)}
        className="w-[68px] flex-none self-start truncate text-left text-fg-3 underline-offset-2 hover:text-accent hover:underline"
      >
        {id.slice(0, 8)}
      </button>
      <span
        className={classes(
          "min-w-0 flex-1 [overflow-wrap:anywhere] whitespace-pre-wrap",
          entry.level === "error" ? "text-error" : entry.level === "platform" ? "text-fg-3" : "text-fg",
        )}
      >
        {entry.message}
      </span>
    </div>
  );
}

function LogTools() {
  const { filter, isPaused } = useLogTail();
  const resources = useDesign((state) => state.design.resources);
  const functions = resources.filter((resource) => resource.type.endsWith("::Function"));
  const items: MenuItem[] = [
    { type: "heading", title: t("Level") },
    ...levels().map(([level, title]): MenuItem => ({
      type: "action",
      id: level,
      title,
      isChecked: filter.level === level,
      run: () => setLogFilter({ level }),
    })),
    { type: "separator" },
    { type: "heading", title: t("Function") },
    {
      type: "action",
      id: "all",
      title: t("All functions"),
      isChecked: filter.logicalId === null,
      run: () => setLogFilter({ logicalId: null }),
    },
    ...functions.map((resource): MenuItem => ({
      type: "action",
      id: resource.id,
      title: resource.id,
      isChecked: filter.logicalId === resource.id,
      run: () => setLogFilter({ logicalId: resource.id }),
    })),
  ];
  return (
    <>
      <SearchField
        label={t("Filter logs")}
        value={filter.text}
        onChange={(text) => setLogFilter({ text })}
        placeholder={t("Filter by text or request id")}
        className="w-56"
      />
      <DropdownMenu items={items} align="end">
        <IconButton label={t("Filter by level and function")} size={24} isOn={filter.level !== "debug" || filter.logicalId !== null}>
          <ListFilter size={14} />
        </IconButton>
      </DropdownMenu>
      <IconButton
        label={isPaused ? t("Follow new lines") : t("Hold the lines still")}
        size={24}
        isOn={isPaused}
        onClick={() => setLogsHeld(!isPaused, !isPaused)}
      >
        {isPaused ? <Play size={14} /> : <Pause size={14} />}
      </IconButton>
    </>
  );
}
