import {
  evaluateAmount,
  evaluateItems,
  evaluateTemplate,
  fillTemplate,
  itemsAtPath,
  valueAtPath,
} from "../../../../model/asl/expressions.ts";
import type { Scope } from "../../../../model/asl/scope.ts";
import type { Amount, MapState } from "../../../../model/asl/definition.ts";
import { statesLimits } from "../../../../model/limits/states.ts";
import { StateFailure } from "../../../../model/asl/failure.ts";
import { isArrayValue, isObjectValue, entriesOf, type ObjectValue, type Value } from "../../../../model/asl/value.ts";
import type { LoggedEvent } from "../history.ts";
import { leaveWithResult, withAttempts } from "./attempts.ts";
import { Datum } from "./datum.ts";
import { runDistributedMap } from "./distributedMap.ts";
import { ExecutionFailure } from "./failure.ts";
import { type Left, runFlow, scopeOf, type Visit } from "./flow.ts";
import type { Frame } from "./frame.ts";
import { group } from "./group.ts";
import { inputOf } from "./state.ts";
import { mockedResult } from "../mock.ts";

/** https://docs.aws.amazon.com/step-functions/latest/dg/state-map-inline.html: at most 40 at the same time. */
const inlineConcurrency = statesLimits.inlineMapConcurrency.value;

export interface MapInput {
  /** The state's input behind InputPath. */
  readonly given: Value;
  readonly scope: Scope;
  readonly maxConcurrency: number;
}

export function runMap(visit: Visit, state: MapState): Promise<Left> {
  const { run, frame } = visit;
  return withAttempts(
    visit,
    state,
    async (past) => {
      const isData = state.queryLanguage === "JSONata";
      const given = isData ? visit.input.value : inputOf(visit, state);
      const scope = scopeOf(visit, state, given);
      const items = state.itemReader === undefined ? await itemsOf(state, given, scope) : undefined;
      const maxConcurrency = await amountOf(state.maxConcurrency, "MaxConcurrency", scope);
      if (visit.trial !== undefined) return leaveWithResult(visit, state, await triedResult(visit, state, scope, maxConcurrency));
      const input: MapInput = { given, scope, maxConcurrency };
      const result =
        state.processor.mode === "DISTRIBUTED" || state.itemReader !== undefined
          ? await runDistributedMap(visit, state, input, items, past)
          : await runInline(visit, state, input, items ?? [], past);
      return leaveWithResult(visit, state, Datum.of(result));
    },
    () => {
      if (!visit.past.some(({ type }) => type === "MapStateFailed")) run.emit(frame, "MapStateFailed");
    },
  );
}

/** What TestState was told of the items, against the failures that are tolerated. */
async function triedResult(visit: Visit, state: MapState, scope: Scope, maxConcurrency: number): Promise<Datum> {
  const { trial } = visit;
  trial?.seen.set("maxConcurrency", maxConcurrency);
  const count = state.toleratedFailureCount && (await evaluateAmount(state.toleratedFailureCount, "ToleratedFailureCount", scope));
  if (count !== undefined) trial?.seen.set("toleratedFailureCount", count);
  const percentage =
    state.toleratedFailurePercentage && (await evaluateAmount(state.toleratedFailurePercentage, "ToleratedFailurePercentage", scope));
  if (percentage !== undefined) trial?.seen.set("toleratedFailurePercentage", percentage);
  const result = mockedResult(visit) ?? Datum.of([]);
  const failed = trial?.mapIterationFailureCount ?? 0;
  const total = isArrayValue(result.value) ? result.value.length : 0;
  const isExceeded =
    (count !== undefined && failed > count) || (percentage !== undefined && total > 0 && (failed * 100) / total > percentage);
  if (isExceeded) throw thresholdExceeded();
  return result;
}

export function thresholdExceeded(): ExecutionFailure {
  return new ExecutionFailure("States.ExceedToleratedFailureThreshold", "The specified tolerated failure threshold was exceeded");
}

export async function amountOf(amount: Amount | undefined, field: string, scope: Scope): Promise<number> {
  return amount === undefined ? 0 : evaluateAmount(amount, field, scope);
}

async function itemsOf(state: MapState, given: Value, scope: Scope): Promise<readonly Value[]> {
  if (state.queryLanguage === "JSONata") {
    if (state.items !== undefined) return evaluateItems(state.items, scope);
    if (isArrayValue(given)) return given;
    if (isObjectValue(given) && state.processor.mode === "DISTRIBUTED") return pairsOf(given);
    throw new StateFailure("States.Runtime", "The input of the Map state is not an array.");
  }
  if (state.processor.mode === "DISTRIBUTED") {
    const found = valueAtPath(state.itemsPath, scope);
    if (isObjectValue(found)) return pairsOf(found);
  }
  return itemsAtPath(state.itemsPath, scope);
}

/** Members of an object as items of a distributed Map. */
export function pairsOf(object: ObjectValue): Value[] {
  return entriesOf(object).map(([key, value]) => ({ Key: key, Value: value }));
}

/** What an item's flow is given, and its `Map` of the context object. */
export async function selectItem(
  visit: Visit,
  state: MapState,
  given: Value,
  item: Value,
  index: number,
): Promise<{ readonly input: Value; readonly context: ObjectValue }> {
  const context: ObjectValue = { Item: { Index: index, Value: item } };
  if (state.itemSelector === undefined) return { input: item, context };
  const inItem: Visit = { ...visit, frame: { ...visit.frame, mapContext: context } };
  const scope = scopeOf(inItem, state, given);
  const input =
    state.queryLanguage === "JSONata"
      ? await evaluateTemplate(state.itemSelector, "ItemSelector", scope)
      : fillTemplate(state.itemSelector, scope);
  return { input, context };
}

async function runInline(
  visit: Visit,
  state: MapState,
  input: MapInput,
  items: readonly Value[],
  past: readonly LoggedEvent[],
): Promise<Value> {
  const { run, frame } = visit;
  const { retries } = visit;
  visit.retries = undefined;
  const started =
    past.find(({ type }) => type === "MapStateStarted")?.id ??
    run.emit(frame, "MapStateStarted", { length: items.length }, retries && { retries });
  const results: Value[] = Array.from<Value>({ length: items.length }).fill(null);
  const slots = Math.min(items.length, input.maxConcurrency === 0 ? inlineConcurrency : Math.min(input.maxConcurrency, inlineConcurrency));
  let nextIndex = 0;
  const abandoned = (failing: Frame, underWay: ReadonlySet<Frame>): void => {
    for (const inner of underWay)
      if (inner !== failing) run.emit(inner, "MapIterationAborted", { name: state.name, index: indexOf(inner) });
  };
  await group(frame, abandoned, (signal, finished) =>
    Promise.all(
      Array.from({ length: slots }, async () => {
        let previous = started;
        while (nextIndex < items.length && !signal.aborted) {
          const index = nextIndex++;
          const inner = itemFrame(frame, started, index, previous, signal);
          results[index] = await finished(inner, () => runItem(visit, state, input.given, items[index] ?? null, index, inner));
          previous = inner.previous;
        }
      }),
    ),
  );
  run.emit(frame, "MapStateSucceeded");
  return results;
}

function itemFrame(frame: Frame, started: number, index: number, previous: number, signal: AbortSignal): Frame {
  return {
    path: `${frame.path}${frame.path === "" ? "" : "/"}${started}.${index}`,
    previous,
    variables: { own: new Map(), outer: frame.variables },
    signal,
  };
}

function indexOf(item: Frame): number {
  return Number(item.path.slice(item.path.lastIndexOf(".") + 1));
}

async function runItem(visit: Visit, state: MapState, given: Value, item: Value, index: number, bare: Frame): Promise<Value> {
  const { run } = visit;
  const details = { name: state.name, index };
  const log = run.peekLog(bare.path);
  if (log === undefined) run.emit(bare, "MapIterationStarted", details);
  const { input, context } = await selectItem(visit, state, given, item, index);
  const inner: Frame = { ...bare, mapContext: context };
  try {
    const output = await runFlow(run, state.processor, inner, Datum.of(input), visit.call);
    bare.previous = inner.previous;
    bare.joined = log?.find(({ type }) => type === "MapIterationSucceeded")?.id ?? run.emit(bare, "MapIterationSucceeded", details);
    return output.value;
  } catch (error) {
    bare.previous = inner.previous;
    if (error instanceof ExecutionFailure && !error.isFatal) run.emit(bare, "MapIterationFailed", details);
    throw error;
  }
}
