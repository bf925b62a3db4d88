import type { Actor, SpanRef } from "../../model/trace.ts";
import type { Caller } from "./service.ts";

/** The same caller in another region: where an API, function URL or distribution is, whatever the request was signed for. */
export function callerIn(region: string, caller: Caller): Caller {
  return caller.region === region ? caller : new CallerIn(region, caller);
}

/** Copied by hand: a spread would leave out what callers only make when asked for (`signal`), or ask for it. */
class CallerIn implements Caller {
  readonly cause: SpanRef | null;
  readonly actor: Actor;
  readonly region: string;
  readonly accountId: string;
  readonly #caller: Caller;

  constructor(region: string, caller: Caller) {
    this.cause = caller.cause;
    this.actor = caller.actor;
    this.region = region;
    this.accountId = caller.accountId;
    this.#caller = caller;
  }

  get signal(): AbortSignal | undefined {
    return this.#caller.signal;
  }

  began(span: SpanRef): void {
    this.#caller.began?.(span);
  }
}
