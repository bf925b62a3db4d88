// How many stays in each state the children of a Map run have had, and how these came out: kept up as their logs grow, each event read once.
import type { Json } from "../../../model/json.ts";
import type { Database } from "../../storage/database.ts";
import { frameName } from "./eventNames.ts";
import type { LoggedEvent } from "./history.ts";
import { unpackEvents } from "./packedEvents.ts";
import type { ExecutionRun } from "./run/executionRun.ts";

type StayOutcome = "running" | "ok" | "caught" | "failed" | "stopped";

/** Reading gives way after so long; who asks again gets more. */
const readMilliseconds = 12;
/** Pieces of logs, whoever's they are, that are looked through at once. */
const piecesAtOnce = 1000;
const maxTallies = 50;

/** Of one state: its stays by outcome. What went well is only counted; who had the others is remembered. */
interface StateTally {
  ok: number;
  /** By ARN, how many such stays. */
  readonly children: Readonly<Record<Exclude<StayOutcome, "ok">, Map<string, number>>>;
  /** States that came after it; null: the flow ended. */
  readonly next: Set<string | null>;
  readonly caughtNext: Set<string>;
}

interface OpenStay {
  readonly state: string;
  hasFailed: boolean;
}

/** A child of which more may come. */
interface Child {
  /** The stay that each of its flows is in. */
  readonly open: Map<string, OpenStay>;
  /** Stays that ended with their execution: a redrive goes on with them. */
  readonly given: Map<string, OpenStay>;
  /** How the newest stay of a flow in a state came out, by both. */
  readonly newest: Map<string, StayOutcome>;
  lastEvent: number;
}

interface Tally {
  readonly states: Map<string, StateTally>;
  readonly children: Map<string, Child>;
  /** The last piece of the log that was looked at. */
  lastPiece: number;
}

export class MapRunTallies {
  readonly #statements;
  readonly #tallies = new Map<string, Tally>();

  constructor(database: Database) {
    this.#statements = {
      // the children's own index would be walked through whole each time; new pieces are few
      pieces: database.prepare<[number, number, string], { id: number; arn: string; events: string }>(
        `SELECT log.id, one.arn, log.events FROM states_log log CROSS JOIN states_executions one ON one.id = log.execution
         WHERE log.id > ? AND log.id <= ? AND one.map_run_arn = ? ORDER BY log.id`,
      ),
      last: database.prepare<[], { id: number | null }>("SELECT max(id) AS id FROM states_log"),
      first: database.prepare<[string], { id: number | null }>(
        `SELECT min(log.id) AS id FROM states_log log WHERE log.execution =
           (SELECT id FROM states_executions WHERE map_run_arn = ? ORDER BY id LIMIT 1)`,
      ),
    };
  }

  /** `underWay`: Express children, whose events are in no log. `isWhole` is false where there is more to read: ask again. */
  read(
    mapRunArn: string,
    underWay: Iterable<ExecutionRun>,
  ): { readonly states: ReadonlyMap<string, StateTally>; readonly isWhole: boolean } {
    const tally = this.#tallyOf(mapRunArn);
    for (const run of underWay) takeRun(tally, run);
    return { states: tally.states, isWhole: this.#readLog(tally, mapRunArn) };
  }

  /** An Express child has ended: its events are soon forgotten. */
  take(run: ExecutionRun): void {
    if (run.record.mapRun !== undefined) takeRun(this.#tallyOf(run.record.mapRun.arn), run);
  }

  #tallyOf(mapRunArn: string): Tally {
    const known = this.#tallies.get(mapRunArn);
    if (known !== undefined) return known;
    const tally: Tally = { states: new Map(), children: new Map(), lastPiece: -1 };
    this.#tallies.set(mapRunArn, tally);
    const [oldest] = this.#tallies.keys();
    if (this.#tallies.size > maxTallies && oldest !== undefined) this.#tallies.delete(oldest);
    return tally;
  }

  #readLog(tally: Tally, mapRunArn: string): boolean {
    if (tally.lastPiece < 0) {
      const first = this.#statements.first.get(mapRunArn)?.id ?? null;
      if (first === null) return true;
      tally.lastPiece = first - 1;
    }
    const last = this.#statements.last.get()?.id ?? 0;
    const until = performance.now() + readMilliseconds;
    while (tally.lastPiece < last) {
      if (performance.now() > until) return false;
      const end = Math.min(last, tally.lastPiece + piecesAtOnce);
      for (const { id, arn, events } of this.#statements.pieces.iterate(tally.lastPiece, end, mapRunArn)) {
        takeEvents(tally, arn, unpackEvents(events));
        tally.lastPiece = id;
        if (performance.now() > until) return false;
      }
      tally.lastPiece = end;
    }
    return true;
  }
}

/** ARNs of the children that have such a stay in the state. */
export function childrenAt(states: ReadonlyMap<string, StateTally>, state: string, outcome: string): readonly string[] {
  const found = Object.entries(states.get(state)?.children ?? {}).find(([name]) => name === outcome);
  return [...(found?.[1].keys() ?? [])];
}

/** As the Studio is told. */
export function tellTally(tally: StateTally): Json {
  const count = (outcome: Exclude<StayOutcome, "ok">): number =>
    [...tally.children[outcome].values()].reduce((sum, times) => sum + times, 0);
  return {
    ok: tally.ok,
    running: count("running"),
    caught: count("caught"),
    failed: count("failed"),
    stopped: count("stopped"),
    next: [...tally.next],
    caughtNext: [...tally.caughtNext],
  };
}

function takeRun(tally: Tally, { record, expressEvents }: ExecutionRun): void {
  const known = tally.children.get(record.arn)?.lastEvent ?? 0;
  if ((expressEvents.at(-1)?.id ?? 0) > known)
    takeEvents(
      tally,
      record.arn,
      expressEvents.filter(({ id }) => id > known),
    );
}

const begins = /^(?:(?:Task|LambdaFunction|Activity)Scheduled|(?:Parallel|Map)StateStarted)$/;
const workFails =
  /^(?:(?:Task|LambdaFunction|Activity)(?:Failed|TimedOut|ScheduleFailed|StartFailed|SubmitFailed)|(?:Parallel|Map)StateFailed|MapRunFailed|EvaluationFailed)$/;

function takeEvents(tally: Tally, arn: string, events: readonly LoggedEvent[]): void {
  const child = tally.children.get(arn) ?? {
    open: new Map<string, OpenStay>(),
    given: new Map<string, OpenStay>(),
    newest: new Map<string, StayOutcome>(),
    lastEvent: 0,
  };
  tally.children.set(arn, child);
  for (const event of events) {
    child.lastEvent = event.id;
    takeEvent(tally, arn, child, event);
  }
}

function takeEvent(tally: Tally, arn: string, child: Child, event: LoggedEvent): void {
  const { type, frame } = event;
  const { open, given } = child;
  const cameOut = (path: string, state: string, outcome: StayOutcome): void => {
    const key = `${path} ${state}`;
    const before = child.newest.get(key);
    const known = stateOf(tally, state);
    if (before !== undefined) add(known, arn, before, -1);
    child.newest.set(key, outcome);
    add(known, arn, outcome, 1);
  };
  const giveUp = (path: string, stay: OpenStay, hasFailed = stay.hasFailed): void => {
    open.delete(path);
    given.set(path, stay);
    cameOut(path, stay.state, hasFailed ? "failed" : "stopped");
  };
  if (type.endsWith("StateEntered")) {
    const state = frameName(event) ?? "";
    for (const path of given.keys()) if (frame === "" || path.startsWith(`${frame}/`)) given.delete(path);
    open.set(frame, { state, hasFailed: type === "FailStateEntered" });
    cameOut(frame, state, "running");
    return;
  }
  if (type.startsWith("Execution")) return takeWhole(type);
  const stay = open.get(frame);
  if (stay === undefined) return;
  if (type.endsWith("StateExited")) {
    open.delete(frame);
    cameOut(frame, stay.state, stay.hasFailed ? "caught" : "ok");
    const { next = null } = event;
    const known = stateOf(tally, stay.state);
    if (stay.hasFailed && next !== null) known.caughtNext.add(next);
    else known.next.add(next);
  } else if (type.endsWith("StateAborted") || type === "MapIterationAborted") giveUp(frame, stay, false);
  else if (type === "MapIterationFailed") giveUp(frame, stay, true);
  else if (begins.test(type)) stay.hasFailed = false;
  else if (workFails.test(type)) stay.hasFailed = true;

  function takeWhole(said: string): void {
    switch (said) {
      case "ExecutionStarted":
        return;
      case "ExecutionRedriven":
        for (const [path, { state }] of given) {
          open.set(path, { state, hasFailed: false });
          cameOut(path, state, "running");
        }
        given.clear();
        return;
      default:
        for (const [path, one] of open) giveUp(path, one, one.hasFailed || (path === "" && said !== "ExecutionAborted"));
        // of an execution that went well nothing changes any more
        if (said === "ExecutionSucceeded") tally.children.delete(arn);
    }
  }
}

function add(state: StateTally, arn: string, outcome: StayOutcome, by: 1 | -1): void {
  if (outcome === "ok") {
    state.ok += by;
    return;
  }
  const children = state.children[outcome];
  const times = (children.get(arn) ?? 0) + by;
  if (times > 0) children.set(arn, times);
  else children.delete(arn);
}

function stateOf(tally: Tally, name: string): StateTally {
  const known = tally.states.get(name);
  if (known !== undefined) return known;
  const state: StateTally = {
    ok: 0,
    children: { running: new Map(), caught: new Map(), failed: new Map(), stopped: new Map() },
    next: new Set(),
    caughtNext: new Set(),
  };
  tally.states.set(name, state);
  return state;
}
