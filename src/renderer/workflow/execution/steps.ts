// Events as what they tell: each stay in a state, with the attempts of its work and the items of its Map. Pure.
import type { ExecutionEvent, Waiting } from "./executionEvents.ts";

export type StepOutcome = "running" | "ok" | "caught" | "failed" | "stopped";

/** One try of a Task, Parallel or Map. */
export interface Attempt {
  /** The event that began it, and the one that ended it. */
  readonly begun: number;
  ended: number | null;
  readonly beganAt: number;
  endedAt: number | null;
  error: string | null;
  /** Span of the call. */
  hop: string | null;
}

export interface ItemCounts {
  readonly total: number;
  started: number;
  succeeded: number;
  failed: number;
  aborted: number;
}

/** One stay in a state. */
export interface Step {
  /** The event of entering. */
  readonly id: number;
  readonly state: string;
  /** `Task`, `Wait`, … */
  readonly type: string;
  readonly frame: string;
  /** The Parallel or Map around it. */
  readonly parent: Step | null;
  /** Which branch or item of it, from 0. */
  readonly index: number | null;
  readonly enteredAt: number;
  readonly hop: string | null;
  leftAt: number | null;
  left: number | null;
  /** The state after it; null: the flow ended with it; undefined: it was not left. */
  next: string | null | undefined;
  /** Its newest event. */
  last: number;
  error: string | null;
  readonly attempts: Attempt[];
  items: ItemCounts | null;
  mapRunArn: string | null;
  outcome: StepOutcome;
}

interface Marks {
  hasFailed: boolean;
  isAborted: boolean;
}

const begins: ReadonlySet<string> = new Set([
  "TaskScheduled",
  "LambdaFunctionScheduled",
  "ActivityScheduled",
  "ParallelStateStarted",
  "MapStateStarted",
]);
const workEnds =
  /^(?:(?:Task|LambdaFunction|Activity)(?:Succeeded|Failed|TimedOut|ScheduleFailed|StartFailed|SubmitFailed)|(?:Parallel|Map)State(?:Succeeded|Failed))$/;

/** `status`: of the execution. In the order in which the states were entered. */
export function stepsOf(events: readonly ExecutionEvent[], status: string, waiting: readonly Waiting[]): readonly Step[] {
  const steps: Step[] = [];
  const marks = new Map<Step, Marks>();
  /** The newest stay of each flow. */
  const current = new Map<string, Step>();
  /** By the event that began a Parallel's or Map's attempt. */
  const containers = new Map<number, Step>();
  const markOf = (step: Step): Marks => {
    const known = marks.get(step) ?? { hasFailed: false, isAborted: false };
    marks.set(step, known);
    return known;
  };
  for (const event of events) {
    const { type, frame } = event;
    if (type.endsWith("StateEntered") && event.state !== null) {
      const [started, index] = placeOf(frame);
      const step: Step = {
        id: event.id,
        state: event.state,
        type: type.slice(0, -"StateEntered".length),
        frame,
        parent: (started === null ? undefined : containers.get(started)) ?? null,
        index,
        enteredAt: event.at,
        hop: event.hop,
        leftAt: null,
        left: null,
        next: undefined,
        last: event.id,
        error: null,
        attempts: [],
        items: null,
        mapRunArn: null,
        outcome: "running",
      };
      steps.push(step);
      current.set(frame, step);
      continue;
    }
    if (type.startsWith("MapIteration")) {
      const [started] = placeOf(frame);
      countItem(started === null ? undefined : containers.get(started), type);
      const inner = current.get(frame);
      if (type === "MapIterationAborted" && inner !== undefined && inner.leftAt === null) markOf(inner).isAborted = true;
      continue;
    }
    const step = current.get(frame);
    if (step === undefined || step.leftAt !== null || type.startsWith("Execution")) continue;
    step.last = event.id;
    const mark = markOf(step);
    const attempt = step.attempts.at(-1);
    if (type.endsWith("StateExited")) {
      step.leftAt = event.at;
      step.left = event.id;
      step.next = event.next;
    } else if (type.endsWith("StateAborted")) mark.isAborted = true;
    else if (begins.has(type)) {
      if (attempt !== undefined && attempt.endedAt === null) attempt.endedAt = event.at;
      step.attempts.push({ begun: event.id, ended: null, beganAt: event.at, endedAt: null, error: null, hop: null });
      Object.assign(mark, { hasFailed: false, isAborted: false });
      if (step.type === "Map" || step.type === "Parallel") containers.set(event.id, step);
      if (type === "MapStateStarted") step.items = { total: event.length ?? 0, started: 0, succeeded: 0, failed: 0, aborted: 0 };
    } else if (workEnds.test(type) && attempt !== undefined) {
      attempt.ended = event.id;
      attempt.endedAt = event.at;
      attempt.hop = event.hop;
      mark.hasFailed = !type.endsWith("Succeeded");
      if (mark.hasFailed) attempt.error = event.error ?? (type.endsWith("TimedOut") ? "States.Timeout" : (attempt.error ?? type));
    } else if (type === "TaskSubmitted" && attempt !== undefined) attempt.hop = event.hop;
    else if (type === "MapRunFailed" && attempt !== undefined) attempt.error = event.error;
    else if (type === "EvaluationFailed") mark.hasFailed = true;
    if (event.mapRunArn !== null) step.mapRunArn = event.mapRunArn;
    if (event.error !== null) step.error = event.error;
  }
  const end = events.findLast(({ type, frame }) => frame === "" && /^Execution(?:Failed|TimedOut|Aborted)$/.test(type));
  const failed = status === "RUNNING" ? undefined : current.get("");
  if (failed !== undefined && failed.leftAt === null)
    failed.error = end?.error ?? failed.error ?? (status === "TIMED_OUT" ? "States.Timeout" : null);
  takeWaiting(steps, waiting);
  const waits = new Set(waiting.flatMap((one) => (one.type === "retry" ? [one.enteredId] : [])));
  for (const step of steps) step.outcome = outcomeOf(step, markOf(step), { status, waits, current });
  return steps;
}

/** A call that is under way has no event yet that names it. */
function takeWaiting(steps: readonly Step[], waiting: readonly Waiting[]): void {
  const calls = new Map(waiting.flatMap((one) => (one.type === "call" ? [[one.enteredId, one.hop] as const] : [])));
  if (calls.size === 0) return;
  for (const step of steps) {
    const hop = calls.get(step.id);
    const attempt = step.attempts.at(-1);
    if (hop !== undefined && attempt !== undefined) attempt.hop ??= hop;
  }
}

interface Whole {
  readonly status: string;
  readonly waits: ReadonlySet<number>;
  readonly current: ReadonlyMap<string, Step>;
}

function outcomeOf(step: Step, mark: Marks, whole: Whole): StepOutcome {
  if (step.leftAt !== null) return mark.hasFailed ? "caught" : "ok";
  if (isAlive(step, mark, whole)) return "running";
  if (mark.isAborted) return "stopped";
  if (!mark.hasFailed && (whole.status === "ABORTED" || step.parent?.outcome === "stopped")) return "stopped";
  return "failed";
}

/** Whether it can still go on: its execution runs, and so does what stands around it. */
function isAlive(step: Step, mark: Marks, whole: Whole): boolean {
  if (whole.status !== "RUNNING" || mark.isAborted) return false;
  if (whole.current.get(step.frame) !== step) return false;
  if (mark.hasFailed && step.parent !== null && !whole.waits.has(step.id)) return false;
  const { parent } = step;
  if (parent === null) return true;
  const [started] = placeOf(step.frame);
  return parent.leftAt === null && parent.attempts.at(-1)?.begun === started && !whole.waits.has(parent.id) && parent.outcome === "running";
}

function countItem(map: Step | undefined, type: string): void {
  const items = map?.items;
  if (items === null || items === undefined) return;
  if (type === "MapIterationStarted") items.started += 1;
  else if (type === "MapIterationSucceeded") items.succeeded += 1;
  else if (type === "MapIterationFailed") items.failed += 1;
  else if (type === "MapIterationAborted") items.aborted += 1;
}

/** Of `4.0/9.2`: the event 9 that began it, the item or branch 2. */
function placeOf(frame: string): readonly [started: number | null, index: number | null] {
  const last = frame.slice(frame.lastIndexOf("/") + 1);
  const [started, index] = last.split(".");
  return started === undefined || index === undefined ? [null, null] : [Number(started), Number(index)];
}

/** The stay in a state that an event belongs to. */
export function stepOf(steps: readonly Step[], event: Pick<ExecutionEvent, "id" | "frame">): Step | undefined {
  return steps.findLast((step) => step.frame === event.frame && step.id <= event.id && (step.left === null || event.id <= step.left));
}

/** `Pack #2 › Label`: where a step stands. */
export function placeWords({ parent, index }: Step): string {
  if (parent === null || index === null) return "";
  const around = placeWords(parent);
  return `${around === "" ? "" : `${around} › `}${parent.state} ${parent.type === "Map" ? "#" : "branch "}${parent.type === "Map" ? index : index + 1}`;
}
