// Asynchronous invocations: kept in the database until they have run, tried again as Lambda does.
import type { Actor, SpanRef } from "../../../model/trace.ts";
import { AwsError } from "../../kernel/awsError.ts";
import type { Call } from "../../kernel/service.ts";
import { functionRef } from "./function.ts";
import type { Functions } from "./functions.ts";
import type { InvocationResult } from "./invocation.ts";

/** Waits after the first and the second failure: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html */
const retryMilliseconds = [60_000, 120_000] as const;
const defaultMaxRetries = 2;
const defaultMaxAgeSeconds = 21_600;
const throttleMilliseconds = { first: 1_000, most: 300_000 } as const;

interface WaitingEvent {
  readonly id: string;
  readonly name: string;
  readonly region: string;
  readonly qualifier?: string;
  /** Span that sent it. */
  readonly cause: SpanRef | null;
  readonly actor: Actor;
  readonly sentAt: number;
  readonly failures: number;
  readonly throttles: number;
}

export class EventQueue {
  readonly #functions: Functions;
  readonly #cancels = new Map<string, () => void>();
  #isStopped = false;

  constructor(functions: Functions) {
    this.#functions = functions;
  }

  /** Takes what was waiting when the runtime ended; called once the functions are there. */
  resume(): void {
    const rows = this.#database.prepare("SELECT record, due_at FROM lambda_events ORDER BY due_at, rowid").all() as {
      record: string;
      due_at: number;
    }[];
    for (const row of rows) {
      const event = JSON.parse(row.record) as WaitingEvent;
      if (!this.#cancels.has(event.id)) this.#schedule(event, row.due_at);
    }
  }

  /** Accepted: from here on it runs at least once. */
  add(of: Pick<WaitingEvent, "name" | "region" | "qualifier" | "cause">, payload: Uint8Array, call: Call): void {
    const now = call.now();
    const event: WaitingEvent = { ...of, id: call.kernel.ids.uuid(), actor: call.actor, sentAt: now, failures: 0, throttles: 0 };
    this.#database.prepare("INSERT INTO lambda_events VALUES (?, ?, ?, ?)").run(event.id, now, JSON.stringify(event), payload);
    this.#schedule(event, now);
  }

  waiting(
    name: string,
    region: string,
  ): readonly { readonly id: string; readonly failures: number; readonly sentAt: number; readonly dueAt: number }[] {
    const rows = this.#database.prepare("SELECT record, due_at FROM lambda_events ORDER BY due_at").all() as {
      record: string;
      due_at: number;
    }[];
    return rows.flatMap((row) => {
      const event = JSON.parse(row.record) as WaitingEvent;
      return event.name === name && event.region === region
        ? [{ id: event.id, failures: event.failures, sentAt: event.sentAt, dueAt: row.due_at }]
        : [];
    });
  }

  stop(): void {
    this.#isStopped = true;
    for (const cancel of this.#cancels.values()) cancel();
    this.#cancels.clear();
  }

  get #database() {
    return this.#functions.service.database;
  }

  #schedule(event: WaitingEvent, at: number): void {
    const { clock } = this.#functions.service.kernel;
    const what = {
      title: `${event.name} event`,
      resource: functionRef(event.name, event.region),
      isQuiet: event.failures === 0 && event.throttles === 0,
    };
    this.#cancels.set(
      event.id,
      clock.at(at, what, () => void this.#run(event)),
    );
  }

  async #run(event: WaitingEvent): Promise<void> {
    if (this.#isStopped) return;
    const row = this.#database.prepare("SELECT payload FROM lambda_events WHERE id = ?").get(event.id) as
      | { payload: Uint8Array }
      | undefined;
    const record = this.#functions.store.find(event.name, event.region);
    // the function was deleted meanwhile: Lambda drops its events
    if (row === undefined || record === undefined) return this.#forget(event);
    const { kernel, accountId } = this.#functions.service;
    const outcome = await this.#attempt(event, row.payload, accountId).catch((error: unknown) => {
      if (error instanceof AwsError) return error;
      throw error;
    });
    if (this.#isStopped) return;
    const settings = record.asyncSettings.find((candidate) => candidate.qualifier === (event.qualifier ?? "$LATEST"));
    const expiresAt = event.sentAt + (settings?.maximumEventAgeSeconds ?? defaultMaxAgeSeconds) * 1000;
    const next = nextAttempt(event, outcome, settings?.maximumRetryAttempts ?? defaultMaxRetries, kernel.clock.now());
    if (next === undefined || next.at > expiresAt) return this.#forget(event);
    this.#database
      .prepare("UPDATE lambda_events SET due_at = ?, record = ? WHERE id = ?")
      .run(next.at, JSON.stringify(next.event), event.id);
    this.#schedule(next.event, next.at);
  }

  #attempt(event: WaitingEvent, payload: Uint8Array, accountId: string): Promise<InvocationResult> {
    const { kernel } = this.#functions.service;
    const given = { name: event.name, ...(event.qualifier !== undefined && { qualifier: event.qualifier }) };
    return kernel.work<InvocationResult>(
      {
        kind: "invocation",
        service: "lambda",
        operation: "Invoke",
        target: kernel.resources.find("lambda", event.name, event.region) ?? functionRef(event.name, event.region),
        input: payload,
        run: (input: Uint8Array, call) =>
          this.#functions.run(
            {
              version: this.#functions.store.version(given, event.region),
              requestId: event.id,
              event: input,
              ...(event.qualifier !== undefined && { qualifier: event.qualifier }),
            },
            call,
          ),
      },
      { cause: event.cause, actor: event.actor, region: event.region, accountId },
    );
  }

  #forget(event: WaitingEvent): void {
    this.#cancels.delete(event.id);
    this.#database.prepare("DELETE FROM lambda_events WHERE id = ?").run(event.id);
  }
}

/** When to try again; undefined: it is done, or given up. */
function nextAttempt(
  event: WaitingEvent,
  outcome: InvocationResult | AwsError,
  maxRetries: number,
  now: number,
): { at: number; event: WaitingEvent } | undefined {
  if (outcome instanceof AwsError) {
    if (outcome.status !== 429 && outcome.status < 500) return undefined;
    const wait = Math.min(throttleMilliseconds.first * 2 ** event.throttles, throttleMilliseconds.most);
    return { at: now + wait, event: { ...event, throttles: event.throttles + 1 } };
  }
  if (outcome.error === null || event.failures >= maxRetries) return undefined;
  return { at: now + (retryMilliseconds[event.failures] ?? retryMilliseconds[1]), event: { ...event, failures: event.failures + 1 } };
}
