// A Map whose items, or batches of them, are executions of their own, with a Map run that counts them.
import { createHash } from "node:crypto";
import { evaluateTemplate, fillTemplate } from "../../../../model/asl/expressions.ts";
import type { MapState } from "../../../../model/asl/definition.ts";
import { statesLimits } from "../../../../model/limits/states.ts";
import { StateFailure } from "../../../../model/asl/failure.ts";
import { isObjectValue, readValue, toJson, writeValue, type ObjectValue, type Value } from "../../../../model/asl/value.ts";
import type { Execution, ExecutionRecord } from "../executions.ts";
import type { LoggedEvent } from "../history.ts";
import { emptyCounts, type MapRun } from "../mapRuns.ts";
import { Ended, ExecutionFailure } from "./failure.ts";
import { scopeOf, type Visit } from "./flow.ts";
import { type ItemReading, readItems } from "./itemReader.ts";
import { amountOf, type MapInput, selectItem, thresholdExceeded } from "./map.ts";
import { type MapOutcome, writeResults } from "./resultWriter.ts";

const maxConcurrentChildren = statesLimits.distributedMapConcurrency.value;

interface Child {
  readonly index: number;
  readonly input: string;
  readonly context: ObjectValue;
  /** How many items are in it. */
  readonly items: number;
}

export async function runDistributedMap(
  visit: Visit,
  state: MapState,
  input: MapInput,
  given: readonly Value[] | undefined,
  past: readonly LoggedEvent[],
): Promise<Value> {
  const { run, frame } = visit;
  const { states, record } = run;
  const { retries } = visit;
  visit.retries = undefined;
  if (!past.some(({ type }) => type === "MapStateStarted"))
    run.emit(frame, "MapStateStarted", { length: given?.length ?? 0 }, retries && { retries });
  const toleratedFailureCount = await tolerated(visit, state, input, "ToleratedFailureCount");
  const toleratedFailurePercentage = await tolerated(visit, state, input, "ToleratedFailurePercentage");
  const label = state.label ?? defaultLabel(record, state);
  const before = past.find(({ type }) => type === "MapRunStarted" || type === "MapRunRedriven")?.details?.["mapRunArn"];
  const mapRunArn = typeof before === "string" ? before : mapRunArnOf(visit, label);
  if (typeof before !== "string") run.emit(frame, "MapRunStarted", { mapRunArn });
  else if (run.redriveCount > 0) run.emit(frame, "MapRunRedriven", { mapRunArn, redriveCount: run.redriveCount });
  const mapRun: MapRun = {
    arn: mapRunArn,
    executionArn: record.arn,
    machineArn: `${record.machineArn}/${label}`,
    startedAt: run.sources.now(),
    stoppedAt: null,
    status: "RUNNING",
    maxConcurrency: input.maxConcurrency,
    toleratedFailureCount,
    toleratedFailurePercentage,
    items: emptyCounts(0),
    executions: emptyCounts(0),
  };
  try {
    const reading = given === undefined ? await readItems(visit, state, input) : { items: given };
    const children = await childrenOf(visit, state, input, reading);
    const total = children.reduce((sum, child) => sum + child.items, 0);
    Object.assign(mapRun, { items: emptyCounts(total), executions: emptyCounts(children.length) });
    states.mapRuns.save(mapRun);
    await run.commit();
    const outcome = await runChildren(visit, state, mapRun, children);
    if (isExceeded(mapRun)) {
      // What did not succeed, or was never begun, is told by the files of a Map run that failed.
      if (state.resultWriter?.resource !== undefined) await writeResults(visit, state, input, state.resultWriter, mapRun, outcome);
      throw thresholdExceeded();
    }
    const result =
      state.resultWriter === undefined
        ? resultsOf(outcome.ended)
        : await writeResults(visit, state, input, state.resultWriter, mapRun, outcome);
    mapRun.items.resultsWritten = mapRun.items.succeeded;
    mapRun.executions.resultsWritten = mapRun.executions.succeeded;
    finish(visit, mapRun, "SUCCEEDED");
    run.emit(frame, "MapRunSucceeded");
    run.emit(frame, "MapStateSucceeded");
    return result;
  } catch (error) {
    finish(visit, mapRun, error instanceof Ended ? "ABORTED" : "FAILED");
    if (error instanceof ExecutionFailure && !error.isFatal) run.emit(frame, "MapRunFailed", { error: error.error, cause: error.reason });
    throw error;
  }
}

function finish(visit: Visit, mapRun: MapRun, status: MapRun["status"]): void {
  if (visit.run.states.isStopping) return;
  mapRun.status = status;
  mapRun.stoppedAt = visit.run.sources.now();
  visit.run.states.mapRuns.save(mapRun);
}

async function tolerated(
  visit: Visit,
  state: MapState,
  input: MapInput,
  field: "ToleratedFailureCount" | "ToleratedFailurePercentage",
): Promise<number> {
  const value = await amountOf(
    field === "ToleratedFailureCount" ? state.toleratedFailureCount : state.toleratedFailurePercentage,
    field,
    input.scope,
  );
  if (field === "ToleratedFailureCount" && value < 0) throw new StateFailure("States.Runtime", "ToleratedFailureCount cannot be negative.");
  if (field === "ToleratedFailurePercentage" && (value < 0 || value > 100))
    throw new StateFailure("States.Runtime", "ToleratedFailurePercentage must be between 0 and 100.");
  return value;
}

/** The same for each execution of one definition. */
function defaultLabel(record: ExecutionRecord, state: MapState): string {
  return uuidOf(`${record.machineArn}:${record.definitionId}:${state.location}`);
}

function uuidOf(text: string): string {
  const digits = createHash("sha256").update(text).digest("hex");
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-3${digits.slice(13, 16)}-8${digits.slice(17, 20)}-${digits.slice(20, 32)}`;
}

function mapRunArnOf(visit: Visit, label: string): string {
  const { record, sources } = visit.run;
  return `${record.machineArn.replace(":stateMachine:", ":mapRun:")}/${label}:${sources.uuid()}`;
}

async function childrenOf(visit: Visit, state: MapState, input: MapInput, reading: ItemReading): Promise<Child[]> {
  const selected: { readonly input: Value; readonly context: ObjectValue }[] = [];
  for (const [index, item] of reading.items.entries()) {
    await visit.run.states.breathe();
    selected.push(await selectItem(visit, state, input.given, item, index));
  }
  const { itemBatcher } = state;
  if (itemBatcher === undefined) {
    return selected.map(({ input: value, context }, index) => ({ index, input: writeValue(value), context, items: 1 }));
  }
  const maxItems = await amountOf(itemBatcher.maxItemsPerBatch, "MaxItemsPerBatch", input.scope);
  const maxBytes = await amountOf(itemBatcher.maxInputBytesPerBatch, "MaxInputBytesPerBatch", input.scope);
  const scope = scopeOf(visit, state, input.given);
  const template = itemBatcher.batchInput;
  const batchInput =
    template === undefined
      ? undefined
      : state.queryLanguage === "JSONata"
        ? await evaluateTemplate(template, "BatchInput", scope)
        : fillTemplate(template, scope);
  const textOf = (batch: readonly Value[]): string =>
    writeValue(batchInput === undefined ? { Items: batch } : { BatchInput: batchInput, Items: batch });
  const children: Child[] = [];
  let batch: Value[] = [];
  const close = (): void => {
    if (batch.length > 0)
      children.push({
        index: children.length,
        input: textOf(batch),
        context: { Item: { Index: children.length, Value: batch } },
        items: batch.length,
      });
    batch = [];
  };
  for (const { input: value } of selected) {
    const isFull =
      (maxItems > 0 && batch.length >= maxItems) ||
      (maxBytes > 0 && batch.length > 0 && Buffer.byteLength(textOf([...batch, value])) > maxBytes);
    if (isFull) close();
    batch.push(value);
  }
  close();
  return children;
}

/** Runs them all, as many at a time as may be; when too many have failed, ends those that run and begins no more. */
async function runChildren(visit: Visit, state: MapState, mapRun: MapRun, children: readonly Child[]): Promise<MapOutcome> {
  const { run, frame } = visit;
  const { states } = run;
  const ended: (Execution | undefined)[] = children.map(() => undefined);
  const before = new Map(states.executions.ofMapRun(mapRun.arn).map((execution) => [execution.record.mapRun?.index, execution]));
  const underWay = new Set<string>();
  const slots = (): number => Math.min(mapRun.maxConcurrency === 0 ? maxConcurrentChildren : mapRun.maxConcurrency, maxConcurrentChildren);
  return new Promise((resolve, reject) => {
    let nextIndex = 0;
    let active = 0;
    let isOver = false;
    const over = (settle: () => void): void => {
      if (isOver) return;
      isOver = true;
      forget();
      frame.signal.removeEventListener("abort", aborted);
      settle();
    };
    const stopChildren = (): void => {
      for (const arn of underWay) void states.runs.find(arn)?.stop(undefined, undefined);
    };
    const aborted = (): void =>
      over(() => {
        if (!states.isStopping) stopChildren();
        reject(new Ended());
      });
    const fill = (): void => {
      while (!isOver && !isExceeded(mapRun) && active < slots() && nextIndex < children.length) void runOne(nextIndex++);
      if (isOver || active > 0) return;
      over(() =>
        resolve({
          ended: ended.filter((execution) => execution !== undefined),
          pending: children.flatMap(({ index, input }) => (ended[index] === undefined ? [input] : [])),
        }),
      );
    };
    const runOne = async (index: number): Promise<void> => {
      const child = children[index];
      if (child === undefined) return;
      active += 1;
      count(mapRun, child, "pending", -1);
      count(mapRun, child, "running", 1);
      try {
        const execution = await runChild(visit, state, mapRun, child, before.get(index), underWay);
        ended[index] = execution;
        count(mapRun, child, "running", -1);
        count(mapRun, child, countOf[execution.status] ?? "failed", 1);
        if (isExceeded(mapRun)) stopChildren();
      } catch (error) {
        over(() => reject(error));
      } finally {
        active -= 1;
        fill();
      }
    };
    const forget = states.mapRuns.onChange(mapRun.arn, fill);
    frame.signal.addEventListener("abort", aborted, { once: true });
    if (frame.signal.aborted) aborted();
    else fill();
  });
}

const countOf: Readonly<Record<string, "succeeded" | "failed" | "timedOut" | "aborted">> = {
  SUCCEEDED: "succeeded",
  FAILED: "failed",
  TIMED_OUT: "timedOut",
  ABORTED: "aborted",
};

function count(mapRun: MapRun, child: Child, name: keyof MapRun["items"], by: 1 | -1): void {
  mapRun.executions[name] += by;
  mapRun.items[name] += by * child.items;
}

function isExceeded({ items, toleratedFailureCount, toleratedFailurePercentage }: MapRun): boolean {
  const failed = items.failed + items.timedOut + items.aborted;
  if (failed === 0) return false;
  return failed > toleratedFailureCount && (failed * 100) / items.total > toleratedFailurePercentage;
}

async function runChild(
  visit: Visit,
  state: MapState,
  mapRun: MapRun,
  child: Child,
  before: Execution | undefined,
  underWay: Set<string>,
): Promise<Execution> {
  const { run } = visit;
  if (before !== undefined && before.status !== "RUNNING") {
    const isAgain = before.status !== "SUCCEEDED" && run.redrivenAt !== null && (before.stoppedAt ?? 0) < run.redrivenAt;
    return isAgain ? run.states.runs.redrive(before, run.redrivenAt ?? 0, visit.call).ended : before;
  }
  const running = before === undefined ? undefined : run.states.runs.find(before.record.arn);
  if (running !== undefined) return running.ended;
  const name = run.sources.uuid();
  const { record } = run;
  const type = state.processor.executionType;
  const arnBegin = mapRun.machineArn.replace(":stateMachine:", type === "EXPRESS" ? ":express:" : ":execution:");
  const arn = type === "EXPRESS" ? `${arnBegin}:${run.sources.uuid()}:${name}` : `${arnBegin}:${name}`;
  const startedAt = run.sources.now();
  const machineName = mapRun.machineArn.slice(mapRun.machineArn.lastIndexOf(":") + 1);
  const context: ObjectValue = {
    ...run.context,
    Execution: {
      ...objectAt(run.context, "Execution"),
      Id: arn,
      Input: readValue(child.input),
      StartTime: new Date(startedAt).toISOString(),
      Name: name,
    },
    StateMachine: { Id: mapRun.machineArn, Name: machineName },
    Map: child.context,
  };
  const started = run.states.runs.startChild(
    {
      ...(before?.record ?? {
        arn,
        name,
        region: record.region,
        machineName: record.machineName,
        machineArn: mapRun.machineArn,
        type,
        definitionId: record.definitionId,
        roleArn: record.roleArn,
        input: child.input,
        startedAt,
        cause: visit.call.span,
        secret: run.sources.uuid(),
        mapRun: { arn: mapRun.arn, index: child.index, location: state.processor.location, context: toJson(context) },
        ...(record.mockCase !== undefined && { mockCase: record.mockCase }),
      }),
    },
    { ...run.definition, ...state.processor },
    visit.call,
    before,
  );
  underWay.add(started.record.arn);
  try {
    return await started.ended;
  } finally {
    underWay.delete(started.record.arn);
  }
}

function objectAt(context: ObjectValue, name: string): ObjectValue {
  const value = context[name];
  return isObjectValue(value) ? value : {};
}

function resultsOf(ended: readonly Execution[]): Value {
  return ended.filter(({ status }) => status === "SUCCEEDED").map(({ output }) => readValue(output ?? "null"));
}
