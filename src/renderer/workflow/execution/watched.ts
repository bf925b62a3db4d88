// The executions of a machine as they go, kept for the canvas and for the dock as long as one of them shows them.
import { useEffect } from "react";
import { create } from "zustand";
import { isJsonObject, type Json } from "../../../model/json.ts";
import type { Inspection } from "../../../model/run.ts";
import type { ResourceRef } from "../../../model/trace.ts";
import { call } from "../../app/api.ts";
import { onSpans, useLive } from "../../app/stores/live.ts";
import { useRun } from "../../app/stores/run.ts";
import { eventOf, executionOf, waitingOf, type Execution, type ExecutionEvent, type Waiting } from "./executionEvents.ts";
import { executionChoice, openExecutionOf, useExecutionChoices } from "./executionChoice.ts";
import { addTally, stateRuns, type StateRun } from "./executionOverlay.ts";
import { readTally, type MapRunTally } from "./mapRunTally.ts";
import { stepsOf, type ItemCounts, type Step } from "./steps.ts";
import { messageOf } from "../../app/texts/words.ts";

/** One row of the list: an execution without its data. */
export interface ListedExecution {
  readonly arn: string;
  readonly name: string;
  readonly status: string;
  readonly startedAt: number;
  readonly stoppedAt: number | null;
  readonly error: string | null;
  readonly redriveCount: number;
  readonly waitsUntil: number | null;
  /** By a task that somebody outside has to answer. */
  readonly isAnswerAwaited: boolean;
}

/** One execution with all that is known of it. */
export interface OpenedExecution {
  readonly execution: Execution;
  readonly events: readonly ExecutionEvent[];
  readonly steps: readonly Step[];
  readonly runs: ReadonlyMap<string, StateRun>;
  readonly waiting: readonly Waiting[];
}

export interface Watched {
  readonly executions: readonly ListedExecution[];
  readonly total: number;
  readonly problem: string | null;
  readonly isLoading: boolean;
  readonly opened: OpenedExecution | null;
}

export const pageSize = 100;
const eventsAtOnce = 1000;
/** The newest Map runs of an execution whose children are summed up on the canvas. */
const mostTallied = 8;
const leastBetweenMilliseconds = 200;
const nothing: Watched = { executions: [], total: 0, problem: null, isLoading: true, opened: null };

const useAllWatched = create<{ watched: Readonly<Record<string, Watched>> }>(() => ({ watched: {} }));

/** Follows a machine, by its logical ID, while the caller is there. */
export function useWatched(machine: string | null): Watched {
  useEffect(() => (machine === null ? undefined : follow(machine)), [machine]);
  return useAllWatched((store) => (machine === null ? undefined : store.watched[machine]) ?? nothing);
}

/** The machine as it runs; undefined: it is not deployed. */
export function machineRef(machine: string): (ResourceRef & { readonly arn: string }) | undefined {
  const { run } = useRun.getState();
  if (run.type !== "running") return undefined;
  const ref = run.resources.find((one) => one.service === "states" && one.logicalId === machine && one.type.endsWith("::StateMachine"));
  return ref && { ...ref, arn: `arn:aws:states:${ref.region}:${run.accountId}:stateMachine:${ref.name}` };
}

const followers = new Map<string, { count: number; stop(): void }>();
const refreshes = new Map<string, () => void>();

function follow(machine: string): () => void {
  const known = followers.get(machine);
  if (known === undefined) followers.set(machine, { count: 1, stop: begin(machine) });
  else known.count += 1;
  return () => {
    const follower = followers.get(machine);
    if (follower === undefined) return;
    follower.count -= 1;
    if (follower.count > 0) return;
    followers.delete(machine);
    follower.stop();
  };
}

/** Reads anew what is shown of a machine, now. */
export function refreshWatched(machine: string): void {
  refreshes.get(machine)?.();
}

function begin(machine: string): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isReading = false;
  let isWanted = false;
  let isOver = false;
  let log: Log | null = null;
  const set = (change: Partial<Watched>): void => {
    if (isOver) return;
    useAllWatched.setState(({ watched }) => ({ watched: { ...watched, [machine]: { ...(watched[machine] ?? nothing), ...change } } }));
  };
  const read = async (): Promise<void> => {
    const ref = machineRef(machine);
    if (ref === undefined) return set({ ...nothing, isLoading: false });
    const choice = executionChoice(machine);
    const list = await inspect(ref, "list", `${choice.status ?? ""} ${choice.text}`, choice.shown);
    const executions = list.rows.map(({ detail }) => listedOf(detail));
    const arn = choice.execution ?? executions[0]?.arn ?? null;
    if (arn !== log?.arn) log = arn === null ? null : { arn, events: [], tallies: new Map() };
    set({ executions, total: list.total ?? executions.length, problem: null, isLoading: false });
    const opened = log === null ? null : await openExecution(ref, log);
    if (log?.isBehind === true) isWanted = true;
    if (opened === null && choice.execution !== null) openExecutionOf(machine, null);
    if (executionChoice(machine).execution !== choice.execution) isWanted = true;
    else set({ opened });
  };
  const refresh = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (isReading) {
      isWanted = true;
      return;
    }
    isReading = true;
    read()
      .catch((error: unknown) => set({ problem: messageOf(error), isLoading: false }))
      .finally(() => {
        isReading = false;
        if (isWanted && !isOver) soon();
        isWanted = false;
      });
  };
  const soon = (): void => {
    timer ??= setTimeout(refresh, leastBetweenMilliseconds);
  };
  refreshes.set(machine, refresh);
  refresh();
  const stops = [
    onSpans(({ started, ended }) => (started.length > 0 || ended.length > 0) && soon()),
    useLive.subscribe((live, before) => live.clock !== before.clock && soon()),
    useRun.subscribe(refresh),
    useExecutionChoices.subscribe(({ choices }, before) => choices[machine] !== before.choices[machine] && refresh()),
  ];
  return () => {
    isOver = true;
    clearTimeout(timer);
    refreshes.delete(machine);
    stops.forEach((stop) => stop());
  };
}

/** Events only become more: what was read is kept. */
interface Log {
  readonly arn: string;
  events: readonly ExecutionEvent[];
  /** Of Map runs that have ended, by ARN. */
  readonly tallies: Map<string, { readonly stoppedAt: number; readonly tally: MapRunTally }>;
  /** A Map run has more children's events than could be counted at once. */
  isBehind?: boolean;
  /** What was made of it last, and of what: nothing is drawn anew while that is the same. */
  made?: { readonly of: string; readonly opened: OpenedExecution };
}

async function openExecution(ref: ResourceRef, log: Log): Promise<OpenedExecution | null> {
  const told = await inspect(ref, "execution", log.arn, 1);
  const [row] = told.rows;
  // it went with the data, or was an Express one of the runtime before
  if (row === undefined) return null;
  const execution = executionOf(row.detail);
  await readEvents(ref, log);
  const waiting =
    execution.status === "RUNNING"
      ? (await inspect(ref, "waiting", log.arn, eventsAtOnce)).rows.flatMap(({ detail }) => waitingOf(detail))
      : [];
  const mapRuns = log.events.some(({ mapRunArn }) => mapRunArn !== null) ? await readMapRuns(ref, log.arn) : new Map<string, MapRun>();
  const tallies = await Promise.all([...mapRuns.values()].slice(0, mostTallied).map((mapRun) => tallyOf(ref, log, mapRun)));
  log.isBehind = tallies.some(({ isWhole }) => !isWhole);
  const of = JSON.stringify([log.events.length, execution.status, execution.redriveCount, waiting, [...mapRuns.values()], tallies]);
  if (log.made?.of === of) return log.made.opened;
  const steps = stepsOf(log.events, execution.status, waiting);
  for (const step of steps) step.items = (step.mapRunArn === null ? undefined : mapRuns.get(step.mapRunArn)?.items) ?? step.items;
  const runs = addTally(stateRuns(steps, waiting), shownTallies(steps, tallies));
  const opened = { execution, events: log.events, steps, runs, waiting };
  log.made = { of, opened };
  return opened;
}

/** What has ended and was counted whole is not asked for again. */
async function tallyOf(ref: ResourceRef, { tallies }: Log, { arn, stoppedAt }: MapRun): Promise<MapRunTally> {
  const known = tallies.get(arn);
  if (known !== undefined && known.stoppedAt === stoppedAt) return known.tally;
  const tally = await readTally(ref, arn);
  if (tally.isWhole && stoppedAt !== null) tallies.set(arn, { stoppedAt, tally });
  return tally;
}

/** Of each distributed Map the run of its newest stay. */
function shownTallies(steps: readonly Step[], tallies: readonly MapRunTally[]): readonly MapRunTally[] {
  const newest = new Map(steps.flatMap(({ state, mapRunArn }) => (mapRunArn === null ? [] : [[state, mapRunArn] as const])));
  const shown = new Set(newest.values());
  return tallies.filter(({ mapRunArn }) => shown.has(mapRunArn));
}

async function readEvents(ref: ResourceRef, log: Log): Promise<void> {
  for (;;) {
    const last = log.events.at(-1)?.id ?? 0;
    const page = await inspect(ref, "events", log.arn, eventsAtOnce, String(last));
    const known = log.events.at(-1)?.id ?? 0;
    const fresh = page.rows.map(({ detail }) => eventOf(detail)).filter(({ id }) => id > known);
    if (fresh.length > 0) log.events = [...log.events, ...fresh];
    if (page.cursor === undefined || fresh.length === 0) return;
  }
}

/** Another execution than the one that is followed, read once: what it is compared with. */
export async function readExecution(machine: string, arn: string): Promise<OpenedExecution | null> {
  const ref = machineRef(machine);
  return ref === undefined ? null : openExecution(ref, { arn, events: [], tallies: new Map() });
}

export interface MapRun {
  readonly arn: string;
  readonly status: string;
  readonly startedAt: number;
  readonly stoppedAt: number | null;
  readonly maxConcurrency: number;
  readonly toleratedFailureCount: number;
  readonly toleratedFailurePercentage: number;
  readonly items: ItemCounts;
  readonly pending: number;
  readonly running: number;
  readonly executions: number;
}

export async function readMapRuns(ref: ResourceRef, arn: string): Promise<ReadonlyMap<string, MapRun>> {
  const { rows } = await inspect(ref, "mapRuns", arn, 100);
  return new Map(rows.map(({ id, detail }) => [id, mapRunOf(detail)]));
}

function mapRunOf(detail: Json): MapRun {
  const told = isJsonObject(detail) ? detail : {};
  const items = isJsonObject(told["items"]) ? told["items"] : {};
  const executions = isJsonObject(told["executions"]) ? told["executions"] : {};
  const number = (value: Json | undefined): number => (typeof value === "number" ? value : 0);
  const total = number(items["total"]);
  return {
    arn: String(told["arn"]),
    status: String(told["status"]),
    startedAt: number(told["startedAt"]),
    stoppedAt: typeof told["stoppedAt"] === "number" ? told["stoppedAt"] : null,
    maxConcurrency: number(told["maxConcurrency"]),
    toleratedFailureCount: number(told["toleratedFailureCount"]),
    toleratedFailurePercentage: number(told["toleratedFailurePercentage"]),
    items: {
      total,
      started: total - number(items["pending"]),
      succeeded: number(items["succeeded"]),
      failed: number(items["failed"]) + number(items["timedOut"]),
      aborted: number(items["aborted"]),
    },
    pending: number(items["pending"]),
    running: number(items["running"]),
    executions: number(executions["total"]),
  };
}

export function inspect(ref: ResourceRef, view: string, filter: string, limit: number, cursor?: string): Promise<Inspection> {
  const { service, name, region } = ref;
  return call("data.inspect", { service, name, region, view, filter, limit, ...(cursor === undefined ? {} : { cursor }) });
}

function listedOf(detail: Json): ListedExecution {
  const { waitsUntil = null, isAnswerAwaited = false } = isJsonObject(detail) ? detail : {};
  return {
    ...executionOf(detail),
    waitsUntil: typeof waitsUntil === "number" ? waitsUntil : null,
    isAnswerAwaited: isAnswerAwaited === true,
  };
}
