// Executions under way, and how they begin.
import type { Flow, StateMachineDefinition } from "../../../model/asl/definition.ts";
import { statesLimits } from "../../../model/limits/states.ts";
import type { Caller } from "../../kernel/service.ts";
import type { Execution, ExecutionRecord } from "./executions.ts";
import { ExecutionRun } from "./run/executionRun.ts";
import type { LoggedEvent } from "./history.ts";
import { logForRedrive } from "./redrive.ts";
import type { States } from "./states.ts";
import { tellStatus } from "./statusEvents.ts";

/** Express executions that have ended are remembered for the Studio only. */
const maxExpressKept = 1000;
const maxLogsKept = 4;

export class Runs {
  readonly #states: States;
  readonly #byArn = new Map<string, ExecutionRun>();
  readonly #byId = new Map<number, ExecutionRun>();
  readonly #express = new Map<string, ExecutionRun>();
  /** Logs that were read last. */
  readonly #read = new Map<number, readonly LoggedEvent[]>();
  #hasResumed = false;

  constructor(states: States) {
    this.#states = states;
  }

  find(arn: string): ExecutionRun | undefined {
    return this.#byArn.get(arn);
  }

  findById(id: number): ExecutionRun | undefined {
    return this.#byId.get(id);
  }

  count(machineArn: string): number {
    let count = 0;
    for (const { record } of this.#byArn.values()) if (record.machineArn === machineArn) count++;
    return count;
  }

  /** Express executions of a machine, the newest first. */
  express(machineArn: string): ExecutionRun[] {
    return [...this.#express.values()].filter(({ record }) => record.machineArn === machineArn).toReversed();
  }

  /** Executions that ran or run in one trace: what calls of it may belong to. */
  ofTrace(traceId: string, name: string): Execution[] {
    const express = [...this.#express.values()].map((run) => run.execution());
    return [...express, ...this.#states.executions.named(name)].filter(
      ({ record }) => record.name === name && record.cause?.traceId === traceId,
    );
  }

  /** Express executions that are children of a Map run. */
  expressOf(mapRunArn: string): Execution[] {
    return [...this.#express.values()].filter(({ record }) => record.mapRun?.arn === mapRunArn).map((run) => run.execution());
  }

  findExpress(arn: string): ExecutionRun | undefined {
    return this.#express.get(arn);
  }

  /** An execution as it is told: under way, or ended and in the database. */
  execution(arn: string): Execution | undefined {
    return this.#byArn.get(arn)?.execution() ?? this.#states.executions.find(arn);
  }

  /** `after`: only those after this one. */
  events(execution: Execution, after = 0): readonly LoggedEvent[] {
    const express = this.#express.get(execution.record.arn);
    if (express !== undefined) return after === 0 ? express.expressEvents : express.expressEvents.filter(({ id }) => id > after);
    this.#states.journal.flush();
    return this.#readOn(execution.id, after);
  }

  /** Who watches an execution asks again and again: what was read of its log is not read anew. */
  #readOn(id: number, after: number): readonly LoggedEvent[] {
    const known = this.#read.get(id) ?? [];
    const fresh = this.#states.executions.events(id, known.at(-1)?.id ?? 0);
    const events = fresh.length === 0 ? known : [...known, ...fresh];
    this.#read.delete(id);
    this.#read.set(id, events);
    const [oldest] = this.#read.keys();
    if (this.#read.size > maxLogsKept && oldest !== undefined) this.#read.delete(oldest);
    return after === 0 ? events : events.slice(events.findLastIndex((event) => event.id <= after) + 1);
  }

  start(record: ExecutionRecord, caller: Caller): ExecutionRun {
    return this.startChild(record, this.#states.machines.definition(record.definitionId), caller);
  }

  /** With a definition that is part of another: the processor of a distributed Map. `before`: it was under way when the last process ended. */
  startChild(record: ExecutionRecord, definition: StateMachineDefinition, caller: Caller, before?: Execution): ExecutionRun {
    const run = new ExecutionRun(this.#states, before?.id ?? this.#states.executions.newId(), record, definition, before);
    this.#keep(run);
    run.start(caller, before && this.#states.executions.events(before.id));
    if (before === undefined) tellStatus(this.#states, run.execution());
    return run;
  }

  /** After a restart: every execution goes on where its log ends. Children of Maps are called by their Map. */
  resume(): void {
    if (this.#hasResumed) return;
    this.#hasResumed = true;
    for (const execution of this.#states.executions.running()) if (execution.record.mapRun === undefined) this.go(execution);
    for (const record of this.#states.expressStarts.left()) this.#beginAgain(record);
  }

  /** An Express execution that was under way when the process ended: it runs at least once. */
  #beginAgain(record: ExecutionRecord): void {
    const { expressStarts, machines, sources } = this.#states;
    const isOver = sources.now() - record.startedAt >= statesLimits.expressSeconds.value * 1000;
    if (isOver || machines.find(record.region, record.machineName) === undefined) expressStarts.ended(record.arn);
    else this.start(record, this.#callerOf(record));
  }

  #callerOf({ cause, region, machineName: name }: ExecutionRecord): Caller {
    const { accountId } = this.#states.environment;
    return { cause, actor: { type: "resource", resource: this.#states.machines.ref({ region, name }) }, region, accountId };
  }

  /** On from the state that failed; children of a Map in the name of `caller`. */
  redrive(execution: Execution, at: number, caller?: Caller): ExecutionRun {
    const events = this.#states.executions.events(execution.id);
    return this.go({ ...execution, status: "RUNNING", stoppedAt: null }, logForRedrive(events), {
      lastId: events.at(-1)?.id ?? 0,
      redrivenAt: at,
      ...(caller !== undefined && { caller }),
    });
  }

  /** Goes on with an execution of which the log is in the database. */
  go(
    execution: Execution,
    events: readonly LoggedEvent[] = this.#states.executions.events(execution.id),
    more: { readonly lastId?: number; readonly redrivenAt?: number; readonly caller?: Caller } = {},
  ): ExecutionRun {
    const { record } = execution;
    const run = new ExecutionRun(this.#states, execution.id, record, this.#definitionOf(record), execution);
    this.#keep(run);
    if (more.redrivenAt !== undefined) {
      run.markRedriven(more.redrivenAt);
      tellStatus(this.#states, run.execution());
    }
    run.start(more.caller ?? this.#callerOf(record), events, more.lastId);
    return run;
  }

  /** Express children of a Map run that are under way. */
  expressUnderWay(mapRunArn: string): ExecutionRun[] {
    return [...this.#byArn.values()].filter(({ isExpress, record }) => isExpress && record.mapRun?.arn === mapRunArn);
  }

  ended(run: ExecutionRun): void {
    if (run.isExpress) {
      this.#states.tallies.take(run);
      this.#states.expressStarts.ended(run.record.arn);
    }
    this.#byArn.delete(run.record.arn);
    this.#byId.delete(run.id);
    tellStatus(this.#states, run.execution());
  }

  abandon(): void {
    for (const run of this.#byArn.values()) run.abandon();
  }

  #keep(run: ExecutionRun): void {
    this.#byArn.set(run.record.arn, run);
    this.#byId.set(run.id, run);
    if (!run.isExpress) return;
    this.#express.set(run.record.arn, run);
    const [oldest] = this.#express.keys();
    if (this.#express.size > maxExpressKept && oldest !== undefined) this.#express.delete(oldest);
  }

  #definitionOf(record: ExecutionRecord): StateMachineDefinition {
    const whole = this.#states.machines.definition(record.definitionId);
    if (record.mapRun === undefined) return whole;
    const flow = flowAt(whole, record.mapRun.location);
    if (flow === undefined) throw new Error(`The definition of ${record.machineArn} has no processor at ${record.mapRun.location}.`);
    return { ...whole, ...flow };
  }
}

/** The flow that stands at a location of a definition. */
function flowAt(flow: Flow, location: string): Flow | undefined {
  if (flow.location === location) return flow;
  for (const state of flow.states.values()) {
    const inner = state.type === "Parallel" ? state.branches : state.type === "Map" ? [state.processor] : [];
    for (const candidate of inner) {
      const found = flowAt(candidate, location);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
