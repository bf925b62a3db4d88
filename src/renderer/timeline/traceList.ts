// The list of traces: what the server knows, kept fresh by the live feed, and held still while a person reads it.
import { create } from "zustand";
import type { Outcome, SpanSummary, TraceSummary } from "../../model/trace.ts";
import type { StudioEvents, StudioInput } from "../../model/studioApi.ts";
import { call } from "../app/api.ts";
import { showDock } from "../app/stores/layout.ts";
import { onSpans } from "../app/stores/live.ts";
import { useProject } from "../app/stores/project.ts";
import { attempt } from "../app/stores/notices.ts";
import { selectSpan } from "../app/stores/selection.ts";
import { spanTitle } from "./spanWords.ts";
import { t } from "../app/texts/texts.ts";
import { messageOf } from "../app/texts/words.ts";

export interface TraceListFilter {
  readonly text: string;
  readonly logicalId: string | null;
  readonly outcome: "ok" | "error" | "throttled" | "running" | null;
  readonly minDurationMilliseconds: number | null;
}

export interface TraceList {
  filter: TraceListFilter;
  /** Newest first. */
  traces: readonly TraceSummary[];
  /** New ones that wait until the person wants them. */
  waiting: readonly TraceSummary[];
  isPaused: boolean;
  /** The list is scrolled away from its top. */
  isScrolled: boolean;
  isLoading: boolean;
  hasMore: boolean;
  problem: string | null;
  /** The trace whose waterfall is open. */
  opened: string | null;
}

export const noFilter: TraceListFilter = { text: "", logicalId: null, outcome: null, minDurationMilliseconds: null };

const PAGE = 200;
const MAX_LIVE = 2000;

export const useTraceList = create<TraceList>(() => ({
  filter: noFilter,
  traces: [],
  waiting: [],
  isPaused: false,
  isScrolled: false,
  isLoading: false,
  hasMore: false,
  problem: null,
  opened: null,
}));

export function isFiltering(filter: TraceListFilter): boolean {
  return filter.text !== "" || filter.logicalId !== null || filter.outcome !== null || filter.minDurationMilliseconds !== null;
}

/** Opens a trace's waterfall; it may be one that the list does not show. */
export function openTrace(traceId: string | null): void {
  useTraceList.setState({ opened: traceId });
}

/** Brings a trace to the front from anywhere in the Studio, one of its hops chosen if given. */
export function showTrace(traceId: string, spanId?: string): void {
  openTrace(traceId);
  if (spanId !== undefined) selectSpan({ traceId, spanId });
  showDock("timeline");
}

export function setTraceFilter(change: Partial<TraceListFilter>): void {
  useTraceList.setState(({ filter }) => ({ filter: { ...filter, ...change } }));
  void loadTraces();
}

export function setTracesPaused(isPaused: boolean): void {
  useTraceList.setState({ isPaused });
  if (!isPaused) showWaiting();
}

export function setTracesScrolled(isScrolled: boolean): void {
  if (useTraceList.getState().isScrolled === isScrolled) return;
  useTraceList.setState({ isScrolled });
  if (!isScrolled && !useTraceList.getState().isPaused) showWaiting();
}

export function showWaiting(): void {
  useTraceList.setState(({ traces, waiting }) => ({ traces: [...waiting, ...traces].slice(0, MAX_LIVE), waiting: [] }));
}

let lastLoad = 0;

export async function loadTraces(): Promise<void> {
  const load = ++lastLoad;
  useTraceList.setState({ isLoading: true });
  try {
    const traces = await call("trace.list", query(useTraceList.getState().filter));
    if (load !== lastLoad) return;
    useTraceList.setState({ traces: traces.map(withLive), waiting: [], isLoading: false, hasMore: traces.length === PAGE, problem: null });
  } catch (error) {
    if (load === lastLoad) useTraceList.setState({ isLoading: false, problem: messageOf(error) });
  }
}

export async function loadOlderTraces(): Promise<void> {
  const { traces, filter, isLoading, hasMore } = useTraceList.getState();
  const oldest = traces.at(-1);
  if (isLoading || !hasMore || oldest === undefined) return;
  const load = ++lastLoad;
  useTraceList.setState({ isLoading: true });
  const older = await attempt(t("Load older traces"), () => call("trace.list", { ...query(filter), before: oldest.startedAt }));
  if (load !== lastLoad) return;
  const known = new Set(traces.map((trace) => trace.traceId));
  const added = (older ?? []).filter((trace) => !known.has(trace.traceId));
  useTraceList.setState((state) => ({ traces: [...state.traces, ...added], isLoading: false, hasMore: older?.length === PAGE }));
}

export async function clearTraces(): Promise<void> {
  await attempt(t("Clear traces"), () => call("trace.clear", {}));
  live.clear();
  useTraceList.setState({ traces: [], waiting: [], opened: null });
}

function query(filter: TraceListFilter): StudioInput<"trace.list"> {
  return {
    limit: PAGE,
    ...(filter.text === "" ? {} : { text: filter.text }),
    ...(filter.logicalId === null ? {} : { logicalId: filter.logicalId }),
    ...(filter.outcome === null ? {} : { outcome: filter.outcome }),
    ...(filter.minDurationMilliseconds === null ? {} : { minDurationMilliseconds: filter.minDurationMilliseconds }),
  };
}

/** A trace whose beginning was seen in the live feed, so that its numbers are exact without asking. */
interface LiveTrace {
  summary: TraceSummary;
  readonly running: Set<string>;
  readonly logicalIds: Set<string>;
  words: string;
  rootOutcome: Outcome;
  /** Something failed below that was not the caller's fault: the trace counts as failed, whatever its root answered. */
  hasFailed: boolean;
  lastEnd: number;
}

const failures: ReadonlySet<Outcome> = new Set(["error", "throttled", "dropped"]);

const live = new Map<string, LiveTrace>();
const changed = new Set<string>();
let isFrameAsked = false;

function withLive(trace: TraceSummary): TraceSummary {
  return live.get(trace.traceId)?.summary ?? trace;
}

function receive({ started, ended }: StudioEvents["spans"]): void {
  for (const span of started) begin(span);
  for (const span of ended) {
    // A span that began and ended within one batch may come only as ended.
    if (!live.has(span.traceId) && span.parentId === null) begin(span);
    end(span);
  }
  if (changed.size === 0 || isFrameAsked) return;
  isFrameAsked = true;
  requestAnimationFrame(tell);
}

function begin(span: SpanSummary): void {
  const known = live.get(span.traceId);
  if (known === undefined) {
    if (span.parentId !== null) return;
    const summary: TraceSummary = {
      traceId: span.traceId,
      title: span.operation,
      service: span.service,
      target: span.target,
      startedAt: span.startedAt,
      endedAt: null,
      outcome: "running",
      status: null,
      spanCount: 1,
      errorCount: 0,
    };
    const running = new Set([span.spanId]);
    live.set(span.traceId, {
      summary,
      running,
      logicalIds: idsOf(span),
      words: wordsOf(span),
      rootOutcome: "running",
      hasFailed: false,
      lastEnd: 0,
    });
    const oldest = live.size > MAX_LIVE ? live.keys().next().value : undefined;
    if (oldest !== undefined) live.delete(oldest);
  } else {
    known.running.add(span.spanId);
    idsOf(span).forEach((id) => known.logicalIds.add(id));
    known.words += ` ${wordsOf(span)}`;
    known.summary = { ...known.summary, spanCount: known.summary.spanCount + 1, endedAt: null, outcome: "running" };
  }
  changed.add(span.traceId);
}

function end(span: SpanSummary): void {
  const known = live.get(span.traceId);
  if (known === undefined) return;
  if (!known.running.delete(span.spanId) && span.parentId !== null)
    known.summary = { ...known.summary, spanCount: known.summary.spanCount + 1 };
  const { summary } = known;
  const hasEnded = known.running.size === 0;
  if (span.parentId === null) known.rootOutcome = span.outcome;
  if (span.outcome === "error" && span.error?.fault !== "client") known.hasFailed = true;
  known.words += ` ${wordsOf(span)}`;
  known.summary = {
    ...summary,
    ...(span.parentId === null ? { status: span.status, target: span.target ?? summary.target } : {}),
    outcome: !hasEnded ? "running" : known.hasFailed && known.rootOutcome === "ok" ? "error" : known.rootOutcome,
    errorCount: summary.errorCount + Number(failures.has(span.outcome)),
    endedAt: hasEnded ? Math.max(span.endedAt ?? 0, known.lastEnd) : null,
  };
  known.lastEnd = Math.max(span.endedAt ?? 0, known.lastEnd);
  changed.add(span.traceId);
}

function idsOf(span: SpanSummary): Set<string> {
  return new Set(span.target?.logicalId === undefined ? [] : [span.target.logicalId]);
}

function wordsOf(span: SpanSummary): string {
  return `${span.operation} ${spanTitle(span)} ${span.error?.code ?? ""} ${span.error?.message ?? ""}`.toLowerCase();
}

/** Once per frame: rows that are shown change in place, new ones come in on top or wait. */
function tell(): void {
  isFrameAsked = false;
  const state = useTraceList.getState();
  const touched = new Set(changed);
  changed.clear();
  const update = (traces: readonly TraceSummary[]): readonly TraceSummary[] =>
    traces.some((trace) => touched.has(trace.traceId))
      ? traces.map((trace) => (touched.has(trace.traceId) ? withLive(trace) : trace))
      : traces;
  const known = new Set([...state.traces, ...state.waiting].map((trace) => trace.traceId));
  const fresh = [...touched].flatMap((traceId) => {
    const trace = live.get(traceId);
    return trace !== undefined && !known.has(traceId) && matches(trace, state.filter) ? [trace.summary] : [];
  });
  fresh.sort((a, b) => b.startedAt - a.startedAt);
  const isHeld = state.isPaused || state.isScrolled;
  useTraceList.setState({
    traces: isHeld ? update(state.traces) : [...fresh, ...update(state.traces)].slice(0, MAX_LIVE),
    waiting: isHeld ? [...fresh, ...update(state.waiting)].slice(0, MAX_LIVE) : [],
  });
}

/** Text in payloads is known to the server only; of live traces, names and errors are matched. */
function matches(trace: LiveTrace, filter: TraceListFilter): boolean {
  const { summary } = trace;
  const duration = (summary.endedAt ?? summary.startedAt) - summary.startedAt;
  return (
    (filter.text === "" || trace.words.includes(filter.text.toLowerCase())) &&
    (filter.logicalId === null || trace.logicalIds.has(filter.logicalId)) &&
    (filter.outcome === null || summary.outcome === filter.outcome) &&
    (filter.minDurationMilliseconds === null || duration >= filter.minDurationMilliseconds)
  );
}

let followers = 0;
let stopFollowing: (() => void) | null = null;

/** Loads the list and follows the live feed while at least one panel shows it. */
export function followTraces(): () => void {
  followers += 1;
  if (followers === 1) {
    void loadTraces();
    const stopSpans = onSpans(receive);
    const stopProject = useProject.subscribe((state, before) => {
      if (state.project?.directory === before.project?.directory) return;
      live.clear();
      useTraceList.setState({ traces: [], waiting: [], opened: null, filter: noFilter });
      void loadTraces();
    });
    stopFollowing = () => {
      stopSpans();
      stopProject();
    };
  }
  return () => {
    followers -= 1;
    if (followers === 0) stopFollowing?.();
  };
}
