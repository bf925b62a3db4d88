import type { LogEntry } from "../../model/run.ts";
import type { LogLine, Span, SpanSummary, TraceSummary } from "../../model/trace.ts";
import type { Traces } from "../index.ts";
import { toJson } from "./payload.ts";
import type { SpanListener, SpanUnderWay } from "./spanUnderWay.ts";
import type { TraceStore } from "./traceStore.ts";

/** Real milliseconds between writes and between batches of the live feed. */
const groupMilliseconds = 50;
/** Ended spans that make a write due at once: small enough that one write does not hold up requests. */
const groupSpans = 256;

export interface Recorder extends SpanListener, Omit<Traces, "onMetrics"> {
  /** Writes what is left; the file may be closed afterwards. */
  close(): void;
}

/** Takes spans off the hot path: keeps them until the next group is written and told. */
export function createRecorder(store: TraceStore, log?: (line: string) => void): Recorder {
  const running = new Map<string, SpanUnderWay>();
  const runningInTrace = new Map<string, number>();
  const listeners = new Set<Parameters<Traces["onSpans"]>[0]>();
  let ended: SpanUnderWay[] = [];
  let logs: (readonly [SpanUnderWay, LogLine])[] = [];
  let toldStarted: SpanSummary[] = [];
  let toldEnded: SpanUnderWay[] = [];
  let toldLogs: LogEntry[] = [];
  let writeTimer: NodeJS.Timeout | undefined;
  let tellTimer: NodeJS.Timeout | undefined;
  let isImmediate = false;
  let isClosed = false;

  /** `isReading`: someone looks, so what runs must be there. */
  function write(isReading = false): void {
    if (writeTimer !== undefined) clearTimeout(writeTimer);
    writeTimer = undefined;
    isImmediate = false;
    if (isClosed) return;
    // A span that runs on over two writes is written while it runs, so that a killed process leaves it behind.
    const started: SpanUnderWay[] = [];
    let isAwaited = false;
    for (const span of running.values()) {
      if (span.writesSeen === 1 || (isReading && span.writesSeen === 0)) started.push(span);
      span.writesSeen += isReading ? 2 : 1;
      if (span.writesSeen === 1) isAwaited = true;
    }
    if (isAwaited) scheduleWrite();
    if (ended.length === 0 && started.length === 0 && logs.length === 0) return;
    const group = ended;
    const lines = logs;
    ended = [];
    logs = [];
    try {
      store.write(group, started, lines);
    } catch (error) {
      log?.(`Traces could not be written, ${group.length} spans are lost: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  function scheduleWrite(): void {
    if (isClosed) return;
    if (ended.length >= groupSpans && !isImmediate) {
      isImmediate = true;
      setImmediate(() => write());
    }
    writeTimer ??= setTimeout(() => write(), groupMilliseconds);
  }

  function tell(): void {
    tellTimer = undefined;
    const batch = { started: toldStarted, ended: toldEnded.map((span) => span.summary()), logs: toldLogs };
    toldStarted = [];
    toldEnded = [];
    toldLogs = [];
    if (isClosed) return;
    for (const listener of listeners) listener(batch);
  }

  function scheduleTell(): void {
    if (!isClosed) tellTimer ??= setTimeout(tell, groupMilliseconds);
  }

  function entryOf(span: SpanUnderWay, line: LogLine): LogEntry {
    return { ...line, ...span.span, target: span.resource };
  }

  return {
    started(span) {
      running.set(span.span.spanId, span);
      const { traceId } = span.span;
      runningInTrace.set(traceId, (runningInTrace.get(traceId) ?? 0) + 1);
      if (listeners.size > 0) {
        toldStarted.push(span.summary());
        scheduleTell();
      }
      scheduleWrite();
    },
    ended(span) {
      running.delete(span.span.spanId);
      const { traceId } = span.span;
      const left = (runningInTrace.get(traceId) ?? 1) - 1;
      if (left === 0) runningInTrace.delete(traceId);
      else runningInTrace.set(traceId, left);
      ended.push(span);
      if (listeners.size > 0) {
        toldEnded.push(span);
        scheduleTell();
      }
      scheduleWrite();
    },
    logged(span, line) {
      logs.push([span, line]);
      if (listeners.size > 0) {
        toldLogs.push(entryOf(span, line));
        scheduleTell();
      }
      if (span.endedAt === null) scheduleWrite();
      else this.amended(span);
    },
    amended(span) {
      if (!ended.includes(span)) ended.push(span);
      scheduleWrite();
    },
    list(filter): readonly TraceSummary[] {
      write(true);
      if (filter.outcome !== "running") return store.list(filter, (traceId) => runningInTrace.has(traceId));
      const { outcome: _, ...rest } = filter;
      return store.list({ ...rest, limit: filter.limit + 1000 }, (traceId) => runningInTrace.has(traceId)).filter((trace) => runningInTrace.has(trace.traceId)).slice(0, filter.limit);
    },
    get(traceId): readonly SpanSummary[] {
      write(true);
      return store.summaries(traceId)
        .map((span) => (span.endedAt === null ? (running.get(span.spanId)?.summary() ?? interrupted(span)) : span))
        .toSorted((one, other) => one.startedAt - other.startedAt);
    },
    span(traceId, spanId): Span | undefined {
      write(true);
      const live = running.get(spanId);
      if (live !== undefined) return { ...live.summary(), input: toJson(live.input), output: null, effects: live.effects, logs: live.logs };
      const span = store.span(traceId, spanId);
      return span?.endedAt === null ? { ...span, ...interrupted(span) } : span;
    },
    logs(filter) {
      write(true);
      return store.logs(filter);
    },
    onSpans(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    clear() {
      write(true);
      store.clear();
    },
    async flush() {
      write(true);
    },
    close() {
      write(true);
      isClosed = true;
      if (tellTimer !== undefined) clearTimeout(tellTimer);
      listeners.clear();
    },
  };
}

/** It was running when an earlier process ended. */
function interrupted(span: SpanSummary): SpanSummary {
  return { ...span, endedAt: span.startedAt, outcome: "error", error: { code: "Interrupted", message: "The runtime was stopped while this ran.", fault: "server" } };
}
