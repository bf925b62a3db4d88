import type { SpanSummary } from "../../model/trace.ts";
import { formatDuration } from "./duration.ts";

/** A stretch of the axis: drawn to scale, or an idle gap drawn narrow and hatched. */
export interface ScalePiece {
  readonly from: number;
  readonly to: number;
  readonly left: number;
  readonly right: number;
  readonly isGap: boolean;
}

/** What of a span says when it ran. */
export type TimedHop = Pick<SpanSummary, "spanId" | "parentId" | "startedAt" | "endedAt" | "kind">;

export interface TimeScale {
  readonly pieces: readonly ScalePiece[];
  /** Virtual milliseconds to pixels. */
  x(at: number): number;
}

interface Interval {
  readonly from: number;
  readonly to: number;
}

/** A gap is compressed when it is both longer than this and than half of all the time in which something ran. */
const MIN_GAP_MILLISECONDS = 40;
const GAP_WIDTH = 56;
const MAX_GAPS_SHARE = 0.4;

/**
 * Stretches in which nothing runs. At any moment only the innermost active spans count: a workflow whose Wait state is
 * the only thing going on below it idles, however long the workflow's own span is.
 */
export function idleIntervals(spans: readonly TimedHop[], now: number): readonly Interval[] {
  const edges = spans.flatMap((span) => [
    { at: span.startedAt, span, isStart: true },
    { at: Math.max(span.startedAt, span.endedAt ?? now), span, isStart: false },
  ]);
  edges.sort((a, b) => a.at - b.at || Number(b.isStart) - Number(a.isStart));

  const byId = new Map(spans.map((span) => [span.spanId, span]));
  const active = new Set<TimedHop>();
  const activeChildren = new Map<string, number>();
  const isWorking = (span: TimedHop) => active.has(span) && span.kind !== "wait" && (activeChildren.get(span.spanId) ?? 0) === 0;
  let working = 0;
  const change = (span: TimedHop | undefined, apply: () => void) => {
    const before = span !== undefined && isWorking(span);
    apply();
    working += Number(span !== undefined && isWorking(span)) - Number(before);
  };

  const idle: { from: number; to: number }[] = [];
  let idleSince: number | null = null;
  for (const { at, span, isStart } of edges) {
    const parent = span.parentId === null ? undefined : byId.get(span.parentId);
    change(span, () => (isStart ? active.add(span) : active.delete(span)));
    change(parent, () => parent && activeChildren.set(parent.spanId, (activeChildren.get(parent.spanId) ?? 0) + (isStart ? 1 : -1)));
    if (working > 0 && idleSince !== null) {
      if (at > idleSince) idle.push({ from: idleSince, to: at });
      idleSince = null;
    } else if (working === 0 && idleSince === null) idleSince = at;
  }
  const end = edges.at(-1)?.at;
  if (idleSince !== null && end !== undefined && end > idleSince) idle.push({ from: idleSince, to: end });
  return idle;
}

export function timeScale(spans: readonly TimedHop[], width: number, now: number): TimeScale {
  const begin = spans.reduce((least, span) => Math.min(least, span.startedAt), Infinity);
  const end = spans.reduce((most, span) => Math.max(most, span.endedAt ?? Math.max(now, span.startedAt)), begin + 1);
  const idle = idleIntervals(spans, now);
  const idleTotal = idle.reduce((sum, gap) => sum + gap.to - gap.from, 0);
  const busyTotal = Math.max(1, end - begin - idleTotal);
  const gaps = idle.filter((gap) => gap.to - gap.from > Math.max(MIN_GAP_MILLISECONDS, busyTotal / 2));

  const gapWidth = gaps.length === 0 ? 0 : Math.min(GAP_WIDTH, (width * MAX_GAPS_SHARE) / gaps.length);
  const drawn = Math.max(1e-6, end - begin - gaps.reduce((sum, gap) => sum + gap.to - gap.from, 0));
  const pixelsPerMillisecond = Math.max(0, width - gapWidth * gaps.length) / drawn;

  const pieces: ScalePiece[] = [];
  let left = 0;
  const add = (from: number, to: number, isGap: boolean) => {
    if (to <= from) return;
    const right = left + (isGap ? gapWidth : (to - from) * pixelsPerMillisecond);
    pieces.push({ from, to, left, right, isGap });
    left = right;
  };
  let at = begin;
  for (const gap of gaps) {
    add(at, gap.from, false);
    add(gap.from, gap.to, true);
    at = gap.to;
  }
  add(at, end, false);

  return {
    pieces,
    x(moment) {
      const piece = pieces.find((each) => moment <= each.to) ?? pieces.at(-1);
      if (!piece) return 0;
      const share = (Math.max(moment, piece.from) - piece.from) / (piece.to - piece.from);
      return piece.left + Math.min(1, share) * (piece.right - piece.left);
    },
  };
}

export interface Tick {
  readonly x: number;
  readonly label: string;
  readonly align: "start" | "center" | "end";
}

const MIN_TICK_PIXELS = 64;

/** Labels on round numbers of each piece drawn to scale, counted from the trace's beginning; gaps stay free. */
export function timeTicks(scale: TimeScale): readonly Tick[] {
  const ticks: Tick[] = [];
  const begin = scale.pieces[0]?.from ?? 0;
  const width = scale.pieces.at(-1)?.right ?? 0;
  const add = (x: number, at: number) => {
    const previous = ticks.at(-1);
    if (previous && x - previous.x < MIN_TICK_PIXELS * 0.7) return;
    ticks.push({ x, label: labelOf(at), align: x < 12 ? "start" : x > width - 24 ? "end" : "center" });
  };
  /** Hours after the beginning seconds no longer show: then they are counted from the tick that said the same. */
  let told = { label: "", at: 0 };
  const labelOf = (at: number): string => {
    const label = at === 0 ? "0" : formatDuration(at);
    if (label === told.label) return `+${formatDuration(Math.round((at - told.at) * 10) / 10)}`;
    told = { label, at };
    return label;
  };
  for (const [index, piece] of scale.pieces.entries()) {
    if (piece.isGap) continue;
    // A gap says how long it was in the same line: its label needs room.
    const lastX = scale.pieces[index + 1]?.isGap ? piece.right - MIN_TICK_PIXELS / 3 : piece.right;
    const perMillisecond = (piece.right - piece.left) / (piece.to - piece.from);
    const step = roundStep(MIN_TICK_PIXELS / perMillisecond);
    const [from, to] = [piece.from - begin, piece.to - begin];
    // Between two gaps there may be no room for it beside the next gap's label.
    const hasRoom = piece.right - piece.left >= MIN_TICK_PIXELS * 0.7 || index === scale.pieces.length - 1;
    if (piece.left > 0 && hasRoom) ticks.push({ x: piece.left + 3, label: labelOf(from), align: "start" });
    for (let at = Math.ceil((from - 1e-6) / step) * step; at <= to + 1e-6; at += step) {
      const x = piece.left + (at - from) * perMillisecond;
      if (x <= lastX && (piece.left === 0 || at > from)) add(x, at);
    }
  }
  return ticks;
}

function roundStep(least: number): number {
  const magnitude = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 5, 10].find((each) => each * magnitude >= least) ?? 10;
  return factor * magnitude;
}
