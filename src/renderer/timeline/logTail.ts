// The tail of all logs: the server's last lines, then the live feed; held still while a person reads.
import { create } from "zustand";
import type { LogEntry } from "../../model/run.ts";
import type { LogLine } from "../../model/trace.ts";
import type { StudioInput } from "../../model/studioApi.ts";
import { call } from "../app/api.ts";
import { onSpans } from "../app/stores/live.ts";
import { attempt } from "../app/stores/notices.ts";
import { useProject } from "../app/stores/project.ts";
import { t } from "../app/texts/texts.ts";
import { messageOf } from "../app/texts/words.ts";

export interface LogFilter {
  readonly text: string;
  readonly logicalId: string | null;
  /** Lines of this level and worse. */
  readonly level: LogLine["level"];
}

export interface LogTail {
  filter: LogFilter;
  /** Oldest first. */
  entries: readonly LogEntry[];
  /** New ones that came while the tail was held still. */
  waiting: readonly LogEntry[];
  isHeld: boolean;
  isPaused: boolean;
  isLoading: boolean;
  hasMore: boolean;
  problem: string | null;
}

const PAGE = 500;
const MAX_LINES = 5000;
const severity: Readonly<Record<LogLine["level"], number>> = { debug: 0, platform: 0, info: 1, warn: 2, error: 3 };

export const useLogTail = create<LogTail>(() => ({
  filter: { text: "", logicalId: null, level: "debug" },
  entries: [],
  waiting: [],
  isHeld: false,
  isPaused: false,
  isLoading: false,
  hasMore: false,
  problem: null,
}));

export function isFilteringLogs(filter: LogFilter): boolean {
  return filter.text !== "" || filter.logicalId !== null || filter.level !== "debug";
}

const TYPING_PAUSE_MILLISECONDS = 160;
let typingTimer: ReturnType<typeof setTimeout> | undefined;

export function setLogFilter(change: Partial<LogFilter>): void {
  useLogTail.setState(({ filter }) => ({ filter: { ...filter, ...change } }));
  clearTimeout(typingTimer);
  typingTimer = setTimeout(() => void load(), change.text === undefined ? 0 : TYPING_PAUSE_MILLISECONDS);
}

/** While held, new lines wait; letting go shows them. */
export function setLogsHeld(isHeld: boolean, isPaused = useLogTail.getState().isPaused): void {
  const state = useLogTail.getState();
  if (state.isHeld === isHeld && state.isPaused === isPaused) return;
  const shows = !isHeld && state.waiting.length > 0;
  useLogTail.setState({
    isHeld,
    isPaused,
    ...(shows ? { entries: [...state.entries, ...state.waiting].slice(-MAX_LINES), waiting: [] } : {}),
  });
}

let lastLoad = 0;

async function load(): Promise<void> {
  const current = ++lastLoad;
  const { filter } = useLogTail.getState();
  useLogTail.setState({ isLoading: true });
  try {
    const found = await call("log.list", query(filter));
    if (current !== lastLoad) return;
    useLogTail.setState({
      entries: oldestFirst(found, filter),
      waiting: [],
      isLoading: false,
      hasMore: found.length === PAGE,
      problem: null,
    });
  } catch (error) {
    if (current === lastLoad) useLogTail.setState({ isLoading: false, problem: messageOf(error) });
  }
}

export async function loadOlderLogs(): Promise<void> {
  const { entries, filter, isLoading, hasMore } = useLogTail.getState();
  const oldest = entries[0];
  if (isLoading || !hasMore || oldest === undefined) return;
  const current = ++lastLoad;
  useLogTail.setState({ isLoading: true });
  const found = await attempt(t("Load older lines"), () => call("log.list", { ...query(filter), before: oldest.at }));
  if (current !== lastLoad) return;
  useLogTail.setState((state) => ({
    entries: [...oldestFirst(found ?? [], filter), ...state.entries].slice(0, MAX_LINES),
    isLoading: false,
    hasMore: found?.length === PAGE,
  }));
}

function query(filter: LogFilter): StudioInput<"log.list"> {
  return {
    limit: PAGE,
    ...(filter.text === "" ? {} : { text: filter.text }),
    ...(filter.logicalId === null ? {} : { logicalId: filter.logicalId }),
  };
}

function oldestFirst(found: readonly LogEntry[], filter: LogFilter): readonly LogEntry[] {
  return found.filter((entry) => severity[entry.level] >= severity[filter.level]).toSorted((a, b) => a.at - b.at);
}

function matches(entry: LogEntry, filter: LogFilter): boolean {
  const text = filter.text.toLowerCase();
  return (
    severity[entry.level] >= severity[filter.level] &&
    (filter.logicalId === null || entry.target?.logicalId === filter.logicalId) &&
    (text === "" || entry.message.toLowerCase().includes(text) || (entry.requestId ?? "").startsWith(text))
  );
}

let arrived: LogEntry[] = [];
let isFrameAsked = false;

function tell(): void {
  isFrameAsked = false;
  const fresh = arrived;
  arrived = [];
  useLogTail.setState((state) => {
    const own = fresh.filter((entry) => matches(entry, state.filter));
    if (own.length === 0) return {};
    return state.isHeld
      ? { waiting: [...state.waiting, ...own].slice(-MAX_LINES) }
      : { entries: [...state.entries, ...own].slice(-MAX_LINES) };
  });
}

/** Loads the last lines and follows; returns how to stop. */
export function followLogs(): () => void {
  void load();
  const stopSpans = onSpans(({ logs }) => {
    if (logs.length === 0) return;
    arrived.push(...logs);
    if (isFrameAsked) return;
    isFrameAsked = true;
    requestAnimationFrame(tell);
  });
  const stopProject = useProject.subscribe((state, before) => {
    if (state.project?.directory !== before.project?.directory) void load();
  });
  return () => {
    stopSpans();
    stopProject();
    setLogsHeld(false, false);
  };
}
