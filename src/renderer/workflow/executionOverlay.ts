// What an execution's history says of each state: where it is, how often it was there, what came out.
import { isJsonObject, type Json } from "../../model/json.ts";

export interface HistoryEventRow {
  readonly id: number;
  readonly previous: number;
  readonly type: string;
  readonly state: string | null;
  readonly at: number;
  readonly detail: Json;
}

export interface StateRun {
  readonly outcome: "running" | "ok" | "caught" | "failed" | "stopped";
  /** Times it was entered. */
  readonly count: number;
  /** Tries of its task beyond the first, in all. */
  readonly retries: number;
  readonly isCaught: boolean;
  /** When it was last entered, and left. */
  readonly enteredAt: number;
  readonly exitedAt: number | null;
  /** States that came after it; null: the flow ended there. */
  readonly next: ReadonlySet<string | null>;
  readonly words: string;
}

interface Gathered {
  entered: number;
  exited: number;
  starts: number;
  hasFailed: boolean;
  isCaught: boolean;
  enteredAt: number;
  exitedAt: number | null;
  readonly next: Set<string | null>;
}

/** By the state's name, which is unique in a machine. `status`: of the execution. */
export function stateRuns(events: readonly HistoryEventRow[], status: string): ReadonlyMap<string, StateRun> {
  const gathered = new Map<string, Gathered>();
  /** The state in whose doing an event happened. */
  const stateOf = new Map<number, string>();
  /** The state that was left last before an event, on its own path. */
  const leftBefore = new Map<number, string>();
  for (const event of events) {
    const inherited = stateOf.get(event.previous);
    const left = leftBefore.get(event.previous);
    if (event.type.endsWith("StateEntered") && event.state !== null) {
      const one = gathered.get(event.state) ?? fresh();
      gathered.set(event.state, { ...one, entered: one.entered + 1, enteredAt: event.at, exitedAt: null, hasFailed: false });
      stateOf.set(event.id, event.state);
      if (left !== undefined) gathered.get(left)?.next.add(event.state);
      continue;
    }
    if (event.type.endsWith("StateExited") && event.state !== null) {
      const one = gathered.get(event.state);
      if (one !== undefined) gathered.set(event.state, { ...one, exited: one.exited + 1, exitedAt: event.at, isCaught: one.hasFailed });
      leftBefore.set(event.id, event.state);
      continue;
    }
    if (event.type === "ExecutionSucceeded" && left !== undefined) gathered.get(left)?.next.add(null);
    if (inherited === undefined) continue;
    stateOf.set(event.id, inherited);
    const one = gathered.get(inherited);
    if (one === undefined) continue;
    if (/^(?:Task|LambdaFunction|Activity)Scheduled$/.test(event.type)) {
      one.starts += 1;
      one.hasFailed = false;
    } else if (event.type.endsWith("Succeeded")) one.hasFailed = false;
    else if (/(?:Failed|TimedOut)$/.test(event.type)) one.hasFailed = true;
  }
  return new Map([...gathered].map(([name, one]) => [name, runOf(one, status)]));
}

function fresh(): Gathered {
  return { entered: 0, exited: 0, starts: 0, hasFailed: false, isCaught: false, enteredAt: 0, exitedAt: null, next: new Set() };
}

function runOf(one: Gathered, status: string): StateRun {
  const isOver = one.exited >= one.entered;
  const outcome = isOver
    ? one.isCaught
      ? "caught"
      : "ok"
    : status === "RUNNING"
      ? "running"
      : status === "ABORTED"
        ? "stopped"
        : "failed";
  const retries = Math.max(0, one.starts - one.entered);
  const said = { running: "running", ok: "succeeded", caught: "failed and caught", failed: "failed", stopped: "stopped" }[outcome];
  return {
    outcome,
    count: one.entered,
    retries,
    isCaught: one.isCaught,
    enteredAt: one.enteredAt,
    exitedAt: one.exitedAt,
    next: one.next,
    words: [said, ...(one.entered > 1 ? [`${one.exited} of ${one.entered}`] : []), ...(retries > 0 ? [`${retries} retries`] : [])].join(
      ", ",
    ),
  };
}

/** A row of the service's `history` view. */
export function historyEvent(row: {
  readonly id: string;
  readonly cells: Readonly<Record<string, Json>>;
  readonly detail: Json;
}): HistoryEventRow {
  const { type, state, at } = row.cells;
  const previous = isJsonObject(row.detail) ? row.detail["previousEventId"] : undefined;
  return {
    id: Number(row.id),
    previous: typeof previous === "number" ? previous : 0,
    type: typeof type === "string" ? type : "",
    state: typeof state === "string" ? state : null,
    at: typeof at === "number" ? at : 0,
    detail: row.detail,
  };
}
