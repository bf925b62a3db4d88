// The spans of one trace, and one span with its payloads: asked once, then kept fresh by the live feed.
import { useEffect, useState } from "react";
import type { Span, SpanSummary } from "../../model/trace.ts";
import { call } from "../app/api.ts";
import { onSpans } from "../app/stores/live.ts";
import { traceMembers } from "./traceMembers.ts";
import { t } from "../app/texts/texts.ts";
import { messageOf } from "../app/texts/words.ts";

const REST_MILLISECONDS = 150;

export interface Loaded<T> {
  readonly value: T;
  readonly isLoading: boolean;
  readonly problem: string | null;
}

/** Spans in no order; a batch that serves this trace from another one is among them. */
export function useTraceSpans(traceId: string | null): Loaded<readonly SpanSummary[]> {
  const [loaded, setLoaded] = useState<Loaded<readonly SpanSummary[]> & { readonly traceId: string | null }>(nothing(traceId));
  useEffect(() => {
    if (traceId === null) return;
    let isCurrent = true;
    const isMember = traceMembers(traceId);
    const merge = (spans: readonly SpanSummary[], isLoading?: boolean): void => {
      if (!isCurrent) return;
      setLoaded((state) => {
        const before = state.traceId === traceId ? state : nothing(traceId);
        // a reading tells anew all that waits
        const known = isLoading === undefined ? before.value : before.value.filter((span) => !isWaiting(span));
        return { ...before, value: merged(known, spans), isLoading: isLoading ?? before.isLoading };
      });
    };
    const read = async (): Promise<void> => {
      try {
        const spans = await call("trace.get", { traceId });
        for (const span of spans.toSorted((a, b) => a.startedAt - b.startedAt)) isMember(span);
        merge(spans, false);
      } catch (error) {
        if (isCurrent) setLoaded({ ...nothing(traceId), isLoading: false, problem: messageOf(error) });
      }
    };
    // What waits after a hop is no span yet: asked for once things have come to rest.
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = onSpans(({ started, ended }) => {
      // in their order: a child may come in the same message as the batch that it belongs to
      const own = [...started, ...ended].filter(isMember);
      if (own.length === 0) return;
      merge(own);
      clearTimeout(timer);
      timer = setTimeout(() => void read(), REST_MILLISECONDS);
    });
    void read();
    return () => {
      isCurrent = false;
      clearTimeout(timer);
      stop();
    };
  }, [traceId]);
  return loaded.traceId === traceId ? loaded : nothing(traceId);
}

const noSpans: readonly SpanSummary[] = [];

function nothing(traceId: string | null): Loaded<readonly SpanSummary[]> & { readonly traceId: string | null } {
  return { traceId, value: noSpans, isLoading: traceId !== null, problem: null };
}

/** What has ended is final: a later "running" of the same span (an answer that crossed the feed) does not undo it. */
function merged(before: readonly SpanSummary[], now: readonly SpanSummary[]): readonly SpanSummary[] {
  const ended = now.filter((span) => span.kind === "wait" && span.endedAt !== null);
  // a wait that was shown while it lasted is written anew when it is over
  const isOver = (span: SpanSummary): boolean =>
    isWaiting(span) && ended.some((one) => one.parentId === span.parentId && one.operation === span.operation);
  const spans = new Map(before.filter((span) => !isOver(span)).map((span) => [span.spanId, span]));
  for (const span of now) {
    const known = spans.get(span.spanId);
    if (known === undefined || known.endedAt === null || span.endedAt !== null) spans.set(span.spanId, span);
  }
  return [...spans.values()];
}

/** One span with payloads, effects and logs; read again when it has ended. */
export function useSpan(summary: SpanSummary | null): Loaded<Span | null> {
  const [loaded, setLoaded] = useState<Loaded<Span | null> & { readonly spanId: string | null }>({
    spanId: null,
    value: null,
    isLoading: false,
    problem: null,
  });
  const traceId = summary?.traceId ?? null;
  const spanId = summary?.spanId ?? null;
  const hasEnded = summary?.endedAt !== null;
  useEffect(() => {
    if (traceId === null || spanId === null) return;
    let isCurrent = true;
    call("trace.span", { traceId, spanId }).then(
      (span) =>
        isCurrent && setLoaded({ spanId, value: span, isLoading: false, problem: span === null ? t("This hop is no longer kept.") : null }),
      (error: unknown) => isCurrent && setLoaded({ spanId, value: null, isLoading: false, problem: messageOf(error) }),
    );
    return () => {
      isCurrent = false;
    };
  }, [traceId, spanId, hasEnded]);
  return loaded.spanId === spanId ? loaded : { value: null, isLoading: spanId !== null, problem: null };
}

function isWaiting(span: SpanSummary): boolean {
  return span.kind === "wait" && span.endedAt === null;
}
