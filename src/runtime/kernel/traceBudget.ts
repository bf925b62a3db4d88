// Under sustained load nobody looks at each trace, and writing them all would take a third of the processor: as other tracers do,
// a sample is kept then. https://docs.aws.amazon.com/xray/latest/devguide/xray-console-sampling.html
export interface TraceBudget {
  /** Takes a trace with so many spans from the budget; false: it was used up already. A trace is kept whole, so the last may go beyond. */
  spend(spans: number): boolean;
  /** Takes what a trace that is kept goes on with, or what its payloads cost, in spans. */
  charge(spans: number): void;
  /** Remembers that nothing of the trace was written, so that what follows of it is not either. */
  leaveOut(traceId: string): void;
  /** Nearly always right; may be true of a trace that was kept. */
  mayHaveLeftOut(traceId: string): boolean;
}

/** In spans: what writing a trace costs. */
export interface TraceBudgetOptions {
  /** So many in a row are kept with all their traces, however fast they come. */
  readonly burst: number;
  readonly perSecond: number;
}

/** A Bloom filter: with this many traces it is wrong about one in fifty. */
const filterBits = 1 << 20;
const filterTraces = 75_000;

/** `now` in real milliseconds. */
export function createTraceBudget({ burst, perSecond }: TraceBudgetOptions, now: () => number): TraceBudget {
  let left = burst;
  let filledAt = now();
  let leftOut = 0;
  // Two, of which the older is forgotten when the newer is full.
  let recent = new Uint32Array(0);
  let earlier = recent;

  function refill(): void {
    const time = now();
    left = Math.min(burst, left + ((time - filledAt) * perSecond) / 1000);
    filledAt = time;
  }

  /** One large trace is not paid for by the next ones for ever. */
  function charge(spans: number): void {
    left = Math.max(left - spans, -burst);
  }

  return {
    spend(spans) {
      if (left <= 0) refill();
      if (left <= 0) return false;
      charge(spans);
      return true;
    },
    charge,
    leaveOut(traceId) {
      if (leftOut % filterTraces === 0) {
        earlier = recent;
        recent = new Uint32Array(filterBits / 32);
      }
      leftOut++;
      for (const bit of bitsOf(traceId)) recent[bit >>> 5] = (recent[bit >>> 5] ?? 0) | (1 << (bit & 31));
    },
    mayHaveLeftOut(traceId) {
      return leftOut > 0 && (isIn(recent, traceId) || isIn(earlier, traceId));
    },
  };
}

function isIn(filter: Uint32Array, traceId: string): boolean {
  return bitsOf(traceId).every((bit) => ((filter[bit >>> 5] ?? 0) & (1 << (bit & 31))) !== 0);
}

/** The last digits of a trace id are random. */
function bitsOf(traceId: string): readonly number[] {
  return [hex(traceId, -5), hex(traceId, -10)].map((value) => value & (filterBits - 1));
}

function hex(text: string, from: number): number {
  return Number.parseInt(text.slice(from, from + 5 || undefined), 16) || 0;
}
