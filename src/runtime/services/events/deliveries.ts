// What is on its way from a rule to one of its targets: kept in the database until it arrived or was given up.
import { deadLetterCall } from "../../../model/events/targetCall.ts";
import { defaultRetryPolicy, nextRetry } from "../../../model/events/retries.ts";
import type { Actor, SpanRef } from "../../../model/trace.ts";
import { AwsError } from "../../kernel/awsError.ts";
import { callerIn } from "../../kernel/callerIn.ts";
import type { Caller, Waited, Waiting } from "../../kernel/service.ts";
import type { BusEvent } from "./event.ts";
import type { Events } from "./events.ts";
import { faultOf, type Fault } from "./faults.ts";
import type { RuleTarget } from "./rules.ts";
import { deliverTo } from "./targets/deliverTo.ts";

export interface Delivery {
  readonly id: string;
  readonly region: string;
  readonly bus: string;
  readonly rule: string;
  readonly ruleArn: string;
  readonly target: RuleTarget;
  readonly event: BusEvent;
  /** What the target gets. */
  readonly input: string;
  readonly sentAt: number;
  readonly attempts: number;
  /** Span of the PutEvents or of the schedule that it comes from. */
  readonly cause: SpanRef | null;
  readonly actor: Actor;
  /** The event came from a rule of another bus: it goes to no further one. */
  readonly isForwarded: boolean;
  /** The last try, where there was one. */
  readonly failure?: { readonly at: number; readonly because: string };
}

export class Deliveries {
  readonly #events: Events;
  readonly #cancels = new Map<string, () => void>();
  #isStopped = false;

  constructor(events: Events) {
    this.#events = events;
  }

  /** Takes what was on its way when the runtime ended; called once the targets are there. */
  resume(): void {
    const rows = this.#database.prepare<[], { record: string; due_at: number }>(
      "SELECT record, due_at FROM events_deliveries ORDER BY due_at, rowid",
    );
    for (const row of rows.all()) {
      const delivery = JSON.parse(row.record) as Delivery;
      if (!this.#cancels.has(delivery.id)) this.#schedule(delivery, row.due_at);
    }
  }

  /** Accepted: from here on each is tried until it arrives or is given up. */
  add(deliveries: readonly Delivery[]): void {
    const insert = this.#database.prepare("INSERT INTO events_deliveries VALUES (?, ?, ?)");
    this.#database.transaction(() => {
      for (const delivery of deliveries) insert.run(delivery.id, delivery.sentAt, JSON.stringify(delivery));
    })();
    for (const delivery of deliveries) this.#schedule(delivery, delivery.sentAt);
  }

  /** Of a trace: what waits for its next try. */
  waitsOf(traceId: string): Waiting[] {
    return this.#database
      .prepare<[], { record: string; due_at: number }>("SELECT record, due_at FROM events_deliveries ORDER BY due_at")
      .all()
      .flatMap((row) => {
        const delivery = JSON.parse(row.record) as Delivery;
        if (delivery.cause?.traceId !== traceId) return [];
        const wait = this.#waitOf(delivery, row.due_at);
        return wait === undefined ? [] : [{ ...wait, cause: delivery.cause }];
      });
  }

  stop(): void {
    this.#isStopped = true;
    for (const cancel of this.#cancels.values()) cancel();
    this.#cancels.clear();
  }

  get #database() {
    return this.#events.environment.database;
  }

  #schedule(delivery: Delivery, at: number): void {
    const { clock } = this.#events.environment.kernel;
    const resource = this.#events.rules.ref({ region: delivery.region, bus: delivery.bus, name: delivery.rule });
    const what = { title: `${resource.logicalId ?? delivery.rule} retry`, resource, isQuiet: delivery.attempts === 0 };
    this.#cancels.set(
      delivery.id,
      clock.at(at, what, () => void this.#run(delivery, at)),
    );
  }

  #waitOf(delivery: Delivery, dueAt: number): (Omit<Waited, "until"> & { readonly until: number }) | undefined {
    const { failure, attempts, target } = delivery;
    if (failure === undefined) return undefined;
    return {
      service: "events",
      operation: "BackingOff",
      target: this.#events.rules.ref({ region: delivery.region, bus: delivery.bus, name: delivery.rule }),
      since: failure.at,
      until: dueAt,
      input: { target: target.Arn, retry: attempts, because: failure.because },
    };
  }

  async #run(delivery: Delivery, dueAt: number): Promise<void> {
    if (this.#isStopped) return;
    const { kernel, accountId } = this.#events.environment;
    const rule = this.#events.rules.ref({ region: delivery.region, bus: delivery.bus, name: delivery.rule });
    const wait = this.#waitOf(delivery, dueAt);
    const sender = { cause: delivery.cause, actor: delivery.actor, region: delivery.region, accountId };
    const cause = wait === undefined ? delivery.cause : kernel.waited(wait, sender);
    let span = cause;
    try {
      await kernel.work(
        {
          kind: "delivery",
          service: "events",
          operation: "Deliver",
          target: rule,
          input: { target: delivery.target.Arn, attempt: delivery.attempts + 1, input: delivery.input },
          run: ({ input }: { input: string }, call) => deliverTo(this.#events, { ...delivery, input }, call),
        },
        {
          ...sender,
          cause,
          began(begun) {
            span = begun;
          },
        },
      );
      this.#forget(delivery);
    } catch (error) {
      if (this.#isStopped) return;
      // A fault of our own was told by the span; it would fail the same way for a day.
      if (!(error instanceof AwsError)) return this.#forget(delivery);
      const caller: Caller = { cause: span, actor: { type: "resource", resource: rule }, region: delivery.region, accountId };
      const failure = { at: kernel.clock.now(), because: `${error.code}: ${error.message}` };
      await this.#failed({ ...delivery, attempts: delivery.attempts + 1, failure }, faultOf(error), caller);
    }
  }

  async #failed(delivery: Delivery, fault: Fault, caller: Caller): Promise<void> {
    const { kernel } = this.#events.environment;
    const { RetryPolicy: policy } = delivery.target;
    const retry = nextRetry(
      {
        maximumRetryAttempts: policy?.MaximumRetryAttempts ?? defaultRetryPolicy.maximumRetryAttempts,
        maximumEventAgeSeconds: policy?.MaximumEventAgeInSeconds ?? defaultRetryPolicy.maximumEventAgeSeconds,
      },
      {
        attempts: delivery.attempts,
        sentAt: delivery.sentAt,
        now: kernel.clock.now(),
        random: kernel.ids.random(),
        pauseMilliseconds: fault.pauseMilliseconds,
      },
    );
    if (fault.isRetried && retry.type === "again") {
      this.#database
        .prepare("UPDATE events_deliveries SET due_at = ?, record = ? WHERE id = ?")
        .run(retry.at, JSON.stringify(delivery), delivery.id);
      this.#schedule(delivery, retry.at);
      return;
    }
    await this.#giveUp(delivery, fault, retry.type === "exhausted" && fault.isRetried ? retry.condition : undefined, caller);
  }

  /** Into the target's dead-letter queue, where it has one; else the event is gone, as on AWS. */
  async #giveUp(delivery: Delivery, fault: Fault, condition: string | undefined, caller: Caller): Promise<void> {
    this.#forget(delivery);
    const { kernel } = this.#events.environment;
    const { target, event, ruleArn, attempts } = delivery;
    const queueArn = target.DeadLetterConfig?.Arn;
    if (queueArn === undefined) return;
    const dead = deadLetterCall(queueArn, JSON.stringify(event), {
      RULE_ARN: ruleArn,
      TARGET_ARN: target.Arn,
      ERROR_CODE: fault.code,
      ERROR_MESSAGE: fault.message,
      EXHAUSTED_RETRY_CONDITION: condition,
      RETRY_ATTEMPTS: String(attempts - 1),
    });
    // A queue that does not take it is told by the span of the call: there is nowhere else to go, as on AWS.
    if (dead !== undefined)
      await kernel.invoke(dead.service, dead.operation, dead.input, callerIn(dead.region, caller)).catch(() => undefined);
  }

  #forget(delivery: Delivery): void {
    this.#cancels.delete(delivery.id);
    this.#database.prepare("DELETE FROM events_deliveries WHERE id = ?").run(delivery.id);
  }
}
