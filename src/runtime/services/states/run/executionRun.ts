import type { HistoryEventType } from "@aws-sdk/client-sfn";
import { readValue, type ObjectValue } from "../../../../model/asl/value.ts";
import { statesLimits } from "../../../../model/limits/states.ts";
import type { Sources } from "../../../../model/asl/sources.ts";
import type { State, StateMachineDefinition } from "../../../../model/asl/definition.ts";
import type { Call, Caller } from "../../../kernel/service.ts";
import type { Execution, ExecutionRecord, Outcome } from "../executions.ts";
import type { EventDetails, LoggedEvent } from "../history.ts";
import type { Unwritten } from "../journal.ts";
import { readMockCase, type MockCase } from "../mock.ts";
import type { States } from "../states.ts";
import { Datum } from "./datum.ts";
import { Ended, ExecutionFailure } from "./failure.ts";
import { runFlow, type Visit } from "./flow.ts";
import { type Frame, isFollowed } from "./frame.ts";
import type { OpenTask } from "./taskToken.ts";

/** Express executions run for five minutes at most. */
const expressSeconds = statesLimits.expressSeconds.value;
/** Of an execution that has gone on for so long, AWS makes an end. */
const maxEvents = statesLimits.historyEvents.value;

interface More {
  /** The event that it follows, where that is not the frame's last. */
  readonly previous?: number;
  readonly next?: string | undefined;
  readonly retries?: readonly number[];
  /** See LoggedEvent. */
  readonly hop?: string | undefined;
}

/** Time that a state lets pass: its own, or before its next attempt. */
export interface Waiting {
  readonly type: "wait" | "retry";
  readonly until: number;
}

/** One execution while it runs: its events as they come, its tasks that wait for an answer, its end. */
export class ExecutionRun {
  readonly states: States;
  readonly id: number;
  readonly record: ExecutionRecord;
  readonly definition: StateMachineDefinition;
  readonly input: Datum;
  #context: ObjectValue | undefined;
  readonly sources: Sources;
  /** Tasks that somebody outside answers, by their token's key. */
  readonly openTasks = new Map<string, OpenTask>();
  /** What waits for its time, by the event of entering the state. */
  readonly waiting = new Map<number, Waiting>();
  /** Span of the call that a Task makes at this moment, by the event of entering the state. */
  readonly calls = new Map<number, string>();
  /** Express keeps its events here alone; Standard only what began in this process, for the Studio's live view. */
  readonly ended: Promise<Execution>;
  redriveCount: number;
  redrivenAt: number | null;
  /** How often the tasks of each state were answered by the mock file. */
  readonly mockCounts = new Map<string, number>();
  readonly mockCase: MockCase | undefined;
  outcome: Outcome = { status: "RUNNING", stoppedAt: null };
  readonly expressEvents: LoggedEvent[] = [];
  readonly #ending = new AbortController();
  readonly #unwritten: Unwritten;
  readonly #resolveEnded: (execution: Execution) => void;
  #lastId = 0;
  #logs: Map<string, LoggedEvent[]> | undefined;
  readonly #log: ReturnType<States["log"]["of"]>;

  constructor(states: States, id: number, record: ExecutionRecord, definition: StateMachineDefinition, resumed?: Execution) {
    this.states = states;
    this.id = id;
    this.record = record;
    this.definition = definition;
    this.mockCase = record.mockCase === undefined ? undefined : readMockCase(record.machineName, record.mockCase);
    this.redriveCount = resumed?.redriveCount ?? 0;
    this.redrivenAt = resumed?.redrivenAt ?? null;
    this.sources = states.sources;
    this.input = Datum.read(record.input);
    this.#unwritten = { id, events: [], ...(resumed === undefined && { begun: record }) };
    const { promise, resolve } = Promise.withResolvers<Execution>();
    this.ended = promise;
    this.#resolveEnded = resolve;
    this.#log = states.log.of(record);
  }

  get context(): ObjectValue {
    const { record } = this;
    return (this.#context ??=
      record.mapRun === undefined ? contextOf(record, this.redriveCount, this.input.value) : contextOfChild(record.mapRun));
  }

  get signal(): AbortSignal {
    return this.#ending.signal;
  }

  get isExpress(): boolean {
    return this.record.type === "EXPRESS";
  }

  /** As it is told. */
  execution(): Execution {
    return { id: this.id, record: this.record, ...this.outcome, redriveCount: this.redriveCount, redrivenAt: this.redrivenAt };
  }

  /** Writes an event down; `commit` says when it is safe. */
  emit(frame: Frame, type: HistoryEventType, details?: EventDetails, more: More = {}): number {
    if (frame.signal.aborted) throw new Ended();
    if (!this.isExpress && this.#lastId >= maxEvents - 1)
      throw new ExecutionFailure("States.Runtime", `The execution reached the maximum number of history events (${maxEvents}).`, {
        isFatal: true,
      });
    return this.#append(frame, type, details, more);
  }

  /** The state that a frame was in is given up, since something beside it has failed. */
  emitAborted(frame: Frame): void {
    const type = frame.open && abortedEvents[frame.open];
    if (type !== undefined) this.#append(frame, type);
  }

  #append(frame: Frame, type: HistoryEventType, details?: EventDetails, more: More = {}): number {
    const id = ++this.#lastId;
    const event: LoggedEvent = {
      id,
      previous: more.previous ?? frame.previous,
      at: this.sources.now(),
      type,
      frame: frame.path,
      details,
      next: more.next,
      retries: more.retries,
      hop: more.hop,
    };
    if (isFollowed(type)) frame.previous = id;
    this.#log?.(event, this.redriveCount);
    if (this.isExpress) this.#remember(event);
    else {
      this.#unwritten.events.push(event);
      this.states.journal.add(this.#unwritten);
    }
    return id;
  }

  /** Express has no limit of events; the latest are shown in the Studio. */
  #remember(event: LoggedEvent): void {
    this.expressEvents.push(event);
    if (this.expressEvents.length > maxEvents) this.expressEvents.splice(0, maxEvents / 2);
  }

  /** Resolves when everything so far is in the database: before any effect of it, and before anyone is told. */
  async commit(): Promise<void> {
    if (!this.isExpress) await this.states.journal.commit();
  }

  /** The log of a frame from before a restart, once. */
  takeLog(path: string): readonly LoggedEvent[] | undefined {
    const log = this.#logs?.get(path);
    this.#logs?.delete(path);
    return log;
  }

  peekLog(path: string): readonly LoggedEvent[] | undefined {
    return this.#logs?.get(path);
  }

  /** Begins, or goes on after a restart or a redrive when there is a log; `caller` is what its hops are caused by. */
  start(caller: Caller, log?: readonly LoggedEvent[], lastId = log?.at(-1)?.id ?? 0): void {
    const root: Frame = { path: "", previous: 0, variables: { own: new Map() }, signal: this.signal };
    if (log !== undefined && log.length > 0) {
      this.#lastId = lastId;
      this.#logs = Map.groupBy(log, ({ frame }) => frame);
      if (this.#unwritten.redrivenAt !== undefined)
        this.#append(root, "ExecutionRedriven", { redriveCount: this.redriveCount }, { previous: lastId });
    } else {
      const { input, roleArn, aliasArn, versionArn } = this.record;
      this.#append(root, "ExecutionStarted", { input, roleArn, stateMachineAliasArn: aliasArn, stateMachineVersionArn: versionArn });
      // As AWS numbers them: the first state follows nothing.
      root.previous = 0;
    }
    void this.#run(root, caller);
  }

  async #run(root: Frame, caller: Caller): Promise<void> {
    const { kernel } = this.states.environment;
    const timeoutSeconds = this.isExpress
      ? Math.min(this.definition.timeoutSeconds ?? expressSeconds, expressSeconds)
      : this.definition.timeoutSeconds;
    const from = this.redrivenAt ?? this.record.startedAt;
    const cancelTimeout =
      timeoutSeconds === undefined
        ? undefined
        : kernel.clock.at(
            from + timeoutSeconds * 1000,
            { title: `${this.record.machineName} times out`, resource: this.states.machines.ref(this.machine) },
            () => this.end(root, "TIMED_OUT"),
          );
    try {
      const output = await kernel.work(
        {
          kind: "transition",
          service: "states",
          operation: `Execution ${this.record.name}`,
          target: this.states.machines.ref(this.machine),
          input: this.record.input,
          run: (_input: never, call: Call) => this.#runFlow(root, call),
        },
        { ...callerOf(caller), signal: this.signal },
      );
      if (output !== undefined) this.end(root, "SUCCEEDED", { output: output.text });
    } catch (error) {
      this.#failed(root, error);
    } finally {
      cancelTimeout?.();
      await this.#tell();
    }
  }

  /** Fails its span as well as the execution, but throws only what is a defect of ours. */
  async #runFlow(root: Frame, call: Call): Promise<Datum | undefined> {
    try {
      return await runFlow(this, this.definition, root, this.input, call);
    } catch (error) {
      if (error instanceof ExecutionFailure)
        call.fail({ code: error.error ?? "States.Failed", message: error.reason ?? "", fault: "function" });
      this.#failed(root, error);
      return undefined;
    }
  }

  #failed(root: Frame, error: unknown): void {
    if (error instanceof Ended || this.outcome.status !== "RUNNING" || this.states.isStopping) return;
    if (error instanceof ExecutionFailure) return this.end(root, "FAILED", { error: error.error, cause: error.reason });
    const text = error instanceof Error ? error.message : String(error);
    this.end(root, "FAILED", {
      error: "States.Runtime",
      cause: `Contrail failed to run this execution, which is a defect of its own: ${text}`,
    });
    throw error;
  }

  /** The last event, the last word: whatever else is under way is let go. */
  end(
    frame: Frame,
    status: "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED",
    result: { output?: string; error?: string | undefined; cause?: string | undefined } = {},
  ): void {
    if (this.outcome.status !== "RUNNING") return;
    this.#append(frame, endEvents[status], endDetails(status, result));
    this.outcome = {
      status,
      stoppedAt: this.sources.now(),
      ...(result.output !== undefined && { output: result.output }),
      ...(result.error !== undefined && { error: result.error }),
      ...(result.cause !== undefined && { cause: result.cause }),
    };
    this.#unwritten.ended = this.outcome;
    // After a success nothing is under way any more.
    if (status !== "SUCCEEDED") this.#ending.abort(new Ended());
  }

  /** By StopExecution, at whatever event it is. */
  async stop(error: string | undefined, cause: string | undefined): Promise<Execution> {
    this.end({ path: "", previous: this.#lastId, variables: { own: new Map() }, signal: this.signal }, "ABORTED", { error, cause });
    return this.ended;
  }

  /** The process ends: nothing more is written, and the next one goes on from the log. */
  abandon(): void {
    this.#ending.abort(new Ended());
  }

  markRedriven(at: number): void {
    this.#unwritten.redrivenAt = at;
    this.redriveCount += 1;
    this.redrivenAt = at;
  }

  /** Sleeps on the virtual clock, seen by whoever watches. */
  async sleepUntil(visit: Visit, state: State, type: Waiting["type"], until: number): Promise<void> {
    const { clock } = this.states.environment.kernel;
    const title = `${this.record.machineName} ${state.name}${type === "retry" ? " retries" : ""}`;
    this.waiting.set(visit.enteredId, { type, until });
    try {
      await clock.sleep(until - clock.now(), { title, resource: this.states.machines.ref(this.machine) }, visit.frame.signal);
    } finally {
      this.waiting.delete(visit.enteredId);
    }
  }

  get machine(): { readonly region: string; readonly name: string } {
    return { region: this.record.region, name: this.record.machineName };
  }

  async #tell(): Promise<void> {
    if (this.states.isStopping && this.outcome.status === "RUNNING") return;
    await this.commit();
    this.states.runs.ended(this);
    this.#resolveEnded(this.execution());
  }
}

const abortedEvents: Partial<Record<State["type"], HistoryEventType>> = {
  Map: "MapStateAborted",
  Parallel: "ParallelStateAborted",
  Task: "TaskStateAborted",
  Wait: "WaitStateAborted",
};

const endEvents = {
  SUCCEEDED: "ExecutionSucceeded",
  FAILED: "ExecutionFailed",
  TIMED_OUT: "ExecutionTimedOut",
  ABORTED: "ExecutionAborted",
} as const;

function endDetails(
  status: keyof typeof endEvents,
  result: { output?: string; error?: string | undefined; cause?: string | undefined },
): EventDetails {
  return status === "SUCCEEDED" ? { output: result.output } : { error: result.error, cause: result.cause };
}

/** Only what a caller is: its span may be over long before the execution is. */
function callerOf({ cause, actor, region, accountId }: Caller): Caller {
  return { cause, actor, region, accountId };
}

/** `Execution` and `StateMachine` of the context object. */
export function contextOf(record: Omit<ExecutionRecord, "mapRun">, redriveCount: number, input = readValue(record.input)): ObjectValue {
  return {
    Execution: {
      Id: record.arn,
      Input: input,
      StartTime: new Date(record.startedAt).toISOString(),
      Name: record.name,
      RoleArn: record.roleArn,
      RedriveCount: redriveCount,
    },
    StateMachine: { Id: record.machineArn, Name: record.machineName },
  };
}

/** A child of a Map has the context of its Map. */
function contextOfChild({ context }: NonNullable<ExecutionRecord["mapRun"]>): ObjectValue {
  return context as ObjectValue;
}
