// Which functions were invoked on the way to a span, and how often: what AWS carries in its trace header to stop functions that
// call themselves. https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
import type { SpanRef } from "../../model/trace.ts";
import type { SpanUnderWay } from "./spanUnderWay.ts";
import type { UnderWay } from "./underWay.ts";

/** Times by function; empty: none. */
export type Invocations = ReadonlyMap<string, number>;

/** Only through these do AWS's chains go on. */
const carriers: ReadonlySet<string> = new Set(["lambda", "sqs", "sns", "s3"]);
/** Spans remembered: of a chain older than that nothing is known, and it counts anew. */
const mostRemembered = 40_000;

export class Lineage {
  readonly #running: UnderWay<SpanUnderWay>;
  // What functions sent, for what it causes later. Two, of which the older is forgotten when the newer is full.
  #recent = new Map<string, Invocations>();
  #earlier = new Map<string, Invocations>();

  constructor(running: UnderWay<SpanUnderWay>) {
    this.#running = running;
  }

  /** A span begins in the chain of its cause. */
  inherit(span: SpanUnderWay, cause: SpanRef): void {
    if (!carriers.has(span.service)) return;
    span.invocations = this.#find(cause);
    if (span.invocations !== undefined) this.#keep(span.span.spanId, span.invocations);
  }

  /** How often a function was invoked on the way to these: in the longest chain of them. */
  timesInvoked(name: string, spans: readonly SpanRef[]): number {
    return Math.max(0, ...spans.map((span) => this.#find(span)?.get(name) ?? 0));
  }

  /** The span, which is under way, is another invocation of the function, caused by all of these. */
  invoked(name: string, span: SpanRef, causes: readonly SpanRef[]): void {
    const all = new Map<string, number>();
    for (const cause of [span, ...causes])
      for (const [other, times] of this.#find(cause) ?? []) all.set(other, Math.max(times, all.get(other) ?? 0));
    all.set(name, (all.get(name) ?? 0) + 1);
    const underWay = this.#running.get(span.spanId);
    if (underWay !== undefined) underWay.invocations = all;
  }

  #find({ spanId }: SpanRef): Invocations | undefined {
    return this.#running.get(spanId)?.invocations ?? this.#recent.get(spanId) ?? this.#earlier.get(spanId);
  }

  #keep(spanId: string, invocations: Invocations): void {
    if (this.#recent.size >= mostRemembered / 2) {
      this.#earlier = this.#recent;
      this.#recent = new Map();
    }
    this.#recent.set(spanId, invocations);
  }
}
