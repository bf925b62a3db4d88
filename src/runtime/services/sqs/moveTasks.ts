import type { ListMessageMoveTasksResultEntry } from "@aws-sdk/client-sqs";
import { isJsonObject } from "../../../model/json.ts";
import { sqsLimits } from "../../../model/limits/sqs.ts";
import type { SpanRef } from "../../../model/trace.ts";
import type { Call } from "../../kernel/service.ts";
import type { MessageRow } from "./message.ts";
import type { Queue } from "./queues.ts";
import { handOver } from "./redrive.ts";
import type { Stores } from "./sqs.ts";

/** Moves messages out of a dead-letter queue, so many a second, on the virtual clock. */
export interface MoveTask {
  readonly id: string;
  readonly sourceArn: string;
  /** Absent: each message goes back to the queue it came from. */
  readonly destinationArn?: string;
  readonly maxPerSecond?: number;
  readonly startedAt: number;
  /** Messages that were there when it began. */
  readonly toMove: number;
  readonly moved: number;
  readonly status: "RUNNING" | "COMPLETED" | "CANCELLED" | "FAILED";
  readonly failureReason?: string;
  /** Span that started it. */
  readonly cause: SpanRef;
}

/** Steps of a task: small ones make it look steady, and one message a second is possible. */
const stepsPerSecond = 10;
const tasksKept = 10;

/** All message move tasks: at most one per source runs, the last ten of each are kept. */
export class MoveTasks {
  readonly #sqs: Stores;
  readonly #running = new Map<string, () => void>();
  #isStopped = false;

  constructor(sqs: Stores) {
    this.#sqs = sqs;
  }

  /** Goes on with what ran when the runtime ended. */
  resume(): void {
    for (const task of this.#all()) if (task.status === "RUNNING" && !this.#running.has(task.id)) this.#schedule(task, 0);
  }

  start(source: Queue, destinationArn: string | undefined, maxPerSecond: number | undefined, call: Call): MoveTask {
    const task: MoveTask = {
      id: call.kernel.ids.uuid(),
      sourceArn: source.arn,
      ...(destinationArn !== undefined && { destinationArn }),
      ...(maxPerSecond !== undefined && { maxPerSecond }),
      startedAt: call.now(),
      toMove: this.#sqs.messages.counts(source, call.now()).visible,
      moved: 0,
      status: "RUNNING",
      cause: call.span,
    };
    this.#save(task);
    this.#schedule(task, 0);
    return task;
  }

  cancel(task: MoveTask): void {
    this.#running.get(task.id)?.();
    this.#end(task, "CANCELLED");
  }

  find(id: string): MoveTask | undefined {
    return this.#all().find((task) => task.id === id);
  }

  /** Newest first. */
  of(sourceArn: string): readonly MoveTask[] {
    return this.#all()
      .filter((task) => task.sourceArn === sourceArn)
      .toReversed();
  }

  stop(): void {
    this.#isStopped = true;
    for (const cancel of this.#running.values()) cancel();
  }

  get #database() {
    return this.#sqs.environment.database;
  }

  #schedule(task: MoveTask, milliseconds: number): void {
    const { clock } = this.#sqs.environment.kernel;
    const source = this.#sqs.queues.findByArn(task.sourceArn);
    const what = {
      title: `${source === undefined ? task.sourceArn : this.#nameOf(source)} redrive`,
      ...(source !== undefined && { resource: this.#sqs.queues.ref(source) }),
      isQuiet: milliseconds === 0,
    };
    const cancel = clock.at(clock.now() + milliseconds, what, () => void this.#step(task));
    this.#running.set(task.id, cancel);
  }

  #nameOf(queue: Queue): string {
    const { logicalId, name } = this.#sqs.queues.ref(queue);
    return logicalId ?? name;
  }

  async #step(before: MoveTask): Promise<void> {
    const source = this.#sqs.queues.findByArn(before.sourceArn);
    if (source === undefined) return this.#end(before, "FAILED", "AWS.SimpleQueueService.NonExistentQueue");
    const perSecond = before.maxPerSecond ?? sqsLimits.moveMessagesPerSecondMax.value;
    const steps = Math.min(stepsPerSecond, perSecond);
    const most = Math.min(Math.ceil(perSecond / steps), before.toMove - before.moved);
    const rows = this.#sqs.messages.receivable(source, most, this.#sqs.environment.kernel.clock.now());
    let task = before;
    for (const row of rows) {
      const target = this.#targetOf(task, row);
      if (typeof target === "string") return this.#end(task, "FAILED", target);
      const isMoved = await this.#move(task, source, target, row);
      if (this.#isStopped || this.find(task.id)?.status !== "RUNNING") return;
      if (isMoved) task = this.#save({ ...task, moved: task.moved + 1 });
    }
    if (task.moved >= task.toMove || rows.length === 0) this.#end(task, "COMPLETED");
    else this.#schedule(task, 1000 / steps);
  }

  /** The queue a message goes to, or why there is none. */
  #targetOf(task: MoveTask, row: MessageRow): Queue | string {
    const arn = task.destinationArn ?? row.source_arn;
    if (arn === null) return "CouldNotDetermineMessageSource";
    return this.#sqs.queues.findByArn(arn) ?? "AWS.SimpleQueueService.NonExistentQueue";
  }

  /** A moved message is a new one: its id, its age and its receive count begin anew. */
  #move(task: MoveTask, source: Queue, target: Queue, row: MessageRow): Promise<boolean> {
    return handOver(this.#sqs, source, target, row, {
      operation: "MoveMessage",
      by: task.cause,
      change: ({ now }) => ({
        messageId: this.#sqs.environment.kernel.ids.uuid(),
        sentAt: now,
        receivedElsewhere: 0,
        sourceArn: null,
      }),
    });
  }

  #end(task: MoveTask, status: MoveTask["status"], failureReason?: string): void {
    this.#running.delete(task.id);
    this.#save({ ...task, status, ...(failureReason !== undefined && { failureReason }) });
    const stale = this.of(task.sourceArn).slice(tasksKept);
    for (const { id } of stale) this.#database.prepare("DELETE FROM sqs_move_tasks WHERE id = ?").run(id);
  }

  #all(): readonly MoveTask[] {
    const rows = this.#database.prepare("SELECT record FROM sqs_move_tasks ORDER BY rowid").all() as { record: string }[];
    return rows.map(({ record }) => JSON.parse(record) as MoveTask);
  }

  #save(task: MoveTask): MoveTask {
    this.#database
      .prepare("INSERT INTO sqs_move_tasks VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET record = excluded.record")
      .run(task.id, JSON.stringify(task));
    return task;
  }
}

/** Opaque to clients. */
export function taskHandleOf(task: MoveTask): string {
  return Buffer.from(JSON.stringify({ taskId: task.id, sourceArn: task.sourceArn })).toString("base64");
}

/** What a handle stands for; undefined: it is none. */
export function readTaskHandle(handle: string): { readonly taskId: string; readonly sourceArn: string } | undefined {
  try {
    const read: unknown = JSON.parse(Buffer.from(handle, "base64").toString("utf8"));
    if (!isJsonObject(read)) return undefined;
    const { taskId, sourceArn } = read;
    return typeof taskId === "string" && typeof sourceArn === "string" ? { taskId, sourceArn } : undefined;
  } catch {
    return undefined;
  }
}

export function describeTask(task: MoveTask): ListMessageMoveTasksResultEntry {
  return {
    // only what runs can be cancelled
    ...(task.status === "RUNNING" && { TaskHandle: taskHandleOf(task) }),
    Status: task.status,
    SourceArn: task.sourceArn,
    ...(task.destinationArn !== undefined && { DestinationArn: task.destinationArn }),
    ...(task.maxPerSecond !== undefined && { MaxNumberOfMessagesPerSecond: task.maxPerSecond }),
    ApproximateNumberOfMessagesMoved: task.moved,
    ApproximateNumberOfMessagesToMove: task.toMove,
    ...(task.failureReason !== undefined && { FailureReason: task.failureReason }),
    StartedTimestamp: Math.floor(task.startedAt),
  };
}
