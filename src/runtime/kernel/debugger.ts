import type { Breakpoint, DebuggerState, Hold, HoldDecision } from "../../model/run.ts";
import type { SpanKind, SpanSummary } from "../../model/trace.ts";
import { AwsError } from "./awsError.ts";
import { MessageDropped } from "./messageDropped.ts";
import { fromJson, toJson } from "./payload.ts";

/** Holds hops before they run, until a person decides. The kernel asks `isActive` first: an idle debugger costs one comparison. */
export interface Debugger {
  readonly isActive: boolean;
  /** Waits while held; gives the input to run with, or throws what was decided. `within` is the resource the hop comes from. */
  pass(span: SpanSummary, input: unknown, signal: AbortSignal | undefined): Promise<unknown>;
  state(): DebuggerState;
  setStepping(isStepping: boolean): void;
  setBreakpoints(breakpoints: readonly Breakpoint[]): void;
  decide(holdId: string, decision: HoldDecision): void;
  onChange(listener: (state: DebuggerState) => void): () => void;
  /** Lets go of everything held, failing it: the runtime stops. */
  close(): void;
}

interface HeldHop {
  readonly hold: Hold;
  readonly resolve: (decision: HoldDecision) => void;
}

/** Hops that carry a message. Polls, waits and timers are the machinery between them. */
const heldKinds: ReadonlySet<SpanKind> = new Set<SpanKind>(["request", "operation", "invocation", "delivery", "transition"]);

export interface DebuggerOptions {
  /** Makes the clock stand still; returns how to let it run on. */
  freeze(): () => void;
  nextId(): string;
}

export function createDebugger({ freeze, nextId }: DebuggerOptions): Debugger {
  const held = new Map<string, HeldHop>();
  const listeners = new Set<(state: DebuggerState) => void>();
  let isStepping = false;
  /** Trace of which the next hop is to be held: someone stepped from a breakpoint. */
  let steppedTrace: string | undefined;
  let breakpoints: readonly Breakpoint[] = [];
  let enabled: readonly Breakpoint[] = [];
  let unfreeze: (() => void) | undefined;

  function state(): DebuggerState {
    return { isStepping, breakpoints, holds: [...held.values()].map(({ hold }) => hold) };
  }

  function changed(): void {
    for (const listener of listeners) listener(state());
  }

  function reasonToHold(span: SpanSummary): Hold["reason"] | undefined {
    if (!heldKinds.has(span.kind) || span.actor.type === "runtime") return undefined;
    if (enabled.some((breakpoint) => isHit(breakpoint, span))) return "breakpoint";
    if (isStepping || steppedTrace === span.traceId) return "step";
    return undefined;
  }

  function release(id: string): void {
    held.delete(id);
    if (held.size > 0) return;
    unfreeze?.();
    unfreeze = undefined;
  }

  async function pass(span: SpanSummary, input: unknown, signal: AbortSignal | undefined): Promise<unknown> {
    const reason = reasonToHold(span);
    if (reason === undefined) return input;
    if (signal?.aborted) throw signal.reason;
    if (steppedTrace === span.traceId) steppedTrace = undefined;
    unfreeze ??= freeze();
    const id = nextId();
    try {
      const decision = await new Promise<HoldDecision>((resolve, reject) => {
        held.set(id, { hold: { id, span, input: toJson(input), reason }, resolve });
        signal?.addEventListener("abort", () => reject(signal.reason), { once: true });
        changed();
      });
      switch (decision.type) {
        case "drop":
          throw new MessageDropped("the debugger");
        case "fail":
          throw new AwsError(decision.code, decision.message, { status: decision.status });
        case "step":
          if (!isStepping) steppedTrace = span.traceId;
          break;
        case "continue":
          isStepping = false;
          break;
      }
      return decision.input === undefined ? input : fromJson(decision.input, input);
    } finally {
      release(id);
      changed();
    }
  }

  return {
    pass,
    state,
    get isActive() {
      return isStepping || enabled.length > 0 || steppedTrace !== undefined;
    },
    setStepping(value) {
      isStepping = value;
      changed();
    },
    setBreakpoints(list) {
      breakpoints = list;
      enabled = list.filter((breakpoint) => breakpoint.isEnabled);
      changed();
    },
    decide(holdId, decision) {
      const hop = held.get(holdId);
      if (hop === undefined)
        throw new AwsError("HoldNotFound", `Nothing is held under the id ${holdId}: it has gone on or its caller has left.`, {
          status: 404,
        });
      hop.resolve(decision);
    },
    onChange(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    close() {
      isStepping = false;
      enabled = [];
      for (const hop of held.values())
        hop.resolve({ type: "fail", code: "ServiceUnavailable", message: "The runtime is stopping.", status: 503 });
    },
  };
}

function isHit(breakpoint: Breakpoint, span: SpanSummary): boolean {
  const target = span.target?.logicalId;
  if (target === undefined) return false;
  if (breakpoint.on.type === "resource") return breakpoint.on.logicalId === target;
  return breakpoint.on.to === target && span.actor.type === "resource" && span.actor.resource.logicalId === breakpoint.on.from;
}
