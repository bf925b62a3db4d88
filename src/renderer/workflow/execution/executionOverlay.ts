// What is laid over each state: where it is, how often it was there, what came out, what it waits for. Pure.
import type { OpenTask, Waiting } from "./executionEvents.ts";
import type { MapRunTally, StateTally } from "./mapRunTally.ts";
import type { ItemCounts, Step, StepOutcome } from "./steps.ts";
import { perLanguage, t } from "../../app/texts/texts.ts";

export interface StateRun {
  readonly outcome: StepOutcome;
  /** Times it was entered. */
  readonly count: number;
  /** Tries of its work beyond the first, in all. */
  readonly retries: number;
  readonly isCaught: boolean;
  /** When it was last entered, and left. */
  readonly enteredAt: number;
  readonly exitedAt: number | null;
  /** States that came after it; null: the flow ended there. */
  readonly next: ReadonlySet<string | null>;
  /** Those that a catcher led to. */
  readonly caughtNext: ReadonlySet<string>;
  /** The earliest moment that one of its stays waits for. */
  readonly waitsUntil: number | null;
  readonly isRetrying: boolean;
  readonly openTask: OpenTask | null;
  readonly items: ItemCounts | null;
  /** Of a state inside a distributed Map: how it went in the child executions. */
  readonly children: ChildCounts | null;
  readonly error: string | null;
  readonly words: string;
}

export interface ChildCounts {
  readonly mapRunArn: string;
  readonly counts: StateTally["counts"];
  /** False: only so much was counted yet. */
  readonly isWhole: boolean;
}

const worst: readonly StepOutcome[] = ["running", "failed", "stopped", "caught", "ok"];

/** By the state's name, which is unique in a machine. */
export function stateRuns(steps: readonly Step[], waiting: readonly Waiting[]): ReadonlyMap<string, StateRun> {
  const waits = new Map(waiting.map((one) => [`${one.enteredId} ${one.type}`, one]));
  return new Map([...Map.groupBy(steps, ({ state }) => state)].map(([state, own]) => [state, runOf(own, waits)]));
}

function runOf(steps: readonly Step[], waits: ReadonlyMap<string, Waiting>): StateRun {
  const latest = [...Map.groupBy(steps, ({ frame }) => frame).values()].flatMap((own) => own.at(-1) ?? []);
  const outcome = worst.find((one) => latest.some((step) => step.outcome === one)) ?? "ok";
  const shown = latest.findLast((step) => step.outcome === outcome) ?? latest.at(-1);
  const left = steps.filter(({ leftAt }) => leftAt !== null);
  const retries = steps.reduce((sum, { attempts }) => sum + Math.max(0, attempts.length - 1), 0);
  const items = itemsOf(latest);
  const due = latest
    .flatMap(({ id }) => [waits.get(`${id} wait`), waits.get(`${id} retry`)])
    .flatMap((one) => (one !== undefined && "until" in one ? [one] : []));
  const earliest = due.toSorted((a, b) => a.until - b.until)[0];
  const open = latest.map(({ id }) => waits.get(`${id} task`)).find((one) => one !== undefined);
  const said = {
    running: t("running"),
    ok: t("succeeded"),
    caught: t("failed and caught"),
    failed: t("failed"),
    stopped: t("stopped"),
  }[outcome];
  return {
    outcome,
    count: steps.length,
    retries,
    isCaught: steps.some((step) => step.outcome === "caught"),
    enteredAt: shown?.enteredAt ?? 0,
    exitedAt: shown?.leftAt ?? null,
    next: new Set(left.flatMap((step) => (step.outcome === "caught" || step.next === undefined ? [] : [step.next]))),
    caughtNext: new Set(left.flatMap((step) => (step.outcome === "caught" && typeof step.next === "string" ? [step.next] : []))),
    waitsUntil: earliest?.until ?? null,
    isRetrying: earliest?.type === "retry",
    openTask: open?.type === "task" ? open : null,
    items,
    children: null,
    error: shown?.error ?? null,
    words: [
      said,
      ...(steps.length > 1 ? [t("left {{left}} of {{count}} times", { left: left.length, count: steps.length })] : []),
      ...(items === null ? [] : [itemWords(items)]),
      ...(retries > 0 ? [t("{{count}} retries", { count: retries })] : []),
      ...(shown?.error === null || shown?.error === undefined ? [] : [shown.error]),
      ...(open === undefined ? [] : [t("waits for an answer")]),
    ].join(", "),
  };
}

/** With what the children of distributed Maps did, where the execution itself has been in no such state. */
export function addTally(runs: ReadonlyMap<string, StateRun>, tallies: readonly MapRunTally[]): ReadonlyMap<string, StateRun> {
  const all = new Map(runs);
  for (const { mapRunArn, states, isWhole } of tallies)
    for (const [state, tally] of states) if (!runs.has(state)) all.set(state, runOfChildren(tally, { mapRunArn, isWhole }));
  return all;
}

const talliedWords = perLanguage((): readonly (readonly [outcome: StepOutcome, words: string])[] => [
  ["running", t("running")],
  ["ok", t("succeeded")],
  ["caught", t("failed and caught")],
  ["failed", t("failed")],
  ["stopped", t("stopped")],
]);

function runOfChildren({ counts, next, caughtNext }: StateTally, of: Omit<ChildCounts, "counts">): StateRun {
  const said = talliedWords().flatMap(([one, words]) => (counts[one] === 0 ? [] : [`${counts[one]} ${words}`]));
  return {
    outcome: worst.find((one) => counts[one] > 0) ?? "ok",
    count: 1,
    retries: 0,
    isCaught: counts.caught > 0,
    enteredAt: 0,
    exitedAt: null,
    next,
    caughtNext,
    waitsUntil: null,
    isRetrying: false,
    openTask: null,
    items: null,
    children: { ...of, counts },
    error: null,
    words: t("in the child executions: {{said}}", { said: said.join(", ") }),
  };
}

function itemsOf(steps: readonly Step[]): ItemCounts | null {
  const counts = steps.flatMap(({ items }) => items ?? []);
  if (counts.length === 0) return null;
  const sum = (member: keyof ItemCounts): number => counts.reduce((total, one) => total + one[member], 0);
  return { total: sum("total"), started: sum("started"), succeeded: sum("succeeded"), failed: sum("failed"), aborted: sum("aborted") };
}

/** `3 of 12 items, 1 failed`. */
export function itemWords({ total, succeeded, failed }: ItemCounts): string {
  return t("{{succeeded}} of {{count}} items{{value}}", {
    count: total,
    succeeded,
    value: failed > 0 ? t(", {{failed}} failed", { failed }) : "",
  });
}
