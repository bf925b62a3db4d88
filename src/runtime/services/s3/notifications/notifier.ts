// Tells functions, queues, topics and EventBridge of events. Each is written down with what it tells of, and kept until it is handed on.
import type { NotificationConfiguration } from "@aws-sdk/client-s3";
import type { SpanRef } from "../../../../model/trace.ts";
import { AwsError } from "../../../kernel/awsError.ts";
import type { Call, Caller, ServiceEnvironment } from "../../../kernel/service.ts";
import type { Bucket, Buckets } from "../buckets.ts";
import { type NotificationTarget, rulesOf, targetsOf } from "./configuration.ts";
import { bridgeEntry, notificationRecord, type ObjectEvent, testEvent } from "./event.ts";

interface Notice {
  readonly id: number;
  readonly bucket: Bucket;
  readonly target: NotificationTarget;
  /** null: a test event. */
  readonly event: ObjectEvent | null;
  readonly cause: SpanRef;
}

interface NoticeRow {
  readonly id: number;
  readonly bucket: number;
  readonly target: string;
  readonly event: string;
  readonly cause_trace: string;
  readonly cause_span: string;
}

export class Notifier {
  readonly #environment: ServiceEnvironment;
  readonly #buckets: Buckets;
  readonly #statements;
  readonly #stopping = new AbortController();
  /** Being handed on. */
  readonly #open = new Set<number>();
  #sequence = 0;

  constructor(environment: ServiceEnvironment, buckets: Buckets) {
    this.#environment = environment;
    this.#buckets = buckets;
    this.#statements = {
      insert: environment.database.prepare<[number, string, string, string, string]>(
        "INSERT INTO s3_notifications (bucket, target, event, cause_trace, cause_span) VALUES (?, ?, ?, ?, ?)",
      ),
      delete: environment.database.prepare<[number]>("DELETE FROM s3_notifications WHERE id = ?"),
      all: environment.database.prepare<[], NoticeRow>("SELECT * FROM s3_notifications ORDER BY id"),
    };
  }

  /** Writes down who is to hear of it; to be called within the transaction of what it tells of. `send` hands it on. */
  add(bucket: Bucket, event: Omit<ObjectEvent, "at" | "sequencer" | "requestId">, call: Call): Notice[] {
    const configuration = configurationOf(bucket);
    if (configuration === undefined) return [];
    const targets = targetsOf(configuration, event.name, event.key);
    if (targets.length === 0) return [];
    const whole: ObjectEvent = { ...event, at: call.now(), sequencer: this.#nextSequencer(call.now()), requestId: this.#requestId() };
    return targets.map((target) => this.#keep(bucket, target, whole, call.span));
  }

  /** Each is a delivery in the trace of what it tells of; who put the object does not wait for it. */
  send(notices: readonly Notice[]): void {
    for (const notice of notices) void this.#deliver(notice);
  }

  /** Queues and topics that were not told of this bucket before are sent a test. */
  test(bucket: Bucket, before: NotificationConfiguration, after: NotificationConfiguration, call: Call): void {
    const known = new Set(rulesOf(before).map(({ arn }) => arn));
    const added = rulesOf(after).filter(({ type, arn }) => type !== "lambda" && !known.has(arn));
    const byArn = new Map(added.map(({ type, arn, configurationId }) => [arn, { type, arn, configurationId }]));
    this.send([...byArn.values()].map((target) => this.#keep(bucket, target, null, call.span)));
  }

  /** Takes up what was not handed on when the process ended. */
  resume(): void {
    const byId = new Map(this.#buckets.all().map((bucket) => [bucket.id, bucket]));
    for (const row of this.#statements.all.all()) {
      if (this.#open.has(row.id)) continue;
      const bucket = byId.get(row.bucket);
      if (bucket === undefined) this.#statements.delete.run(row.id);
      else
        void this.#deliver({
          id: row.id,
          bucket,
          target: JSON.parse(row.target) as NotificationTarget,
          event: JSON.parse(row.event) as ObjectEvent | null,
          cause: { traceId: row.cause_trace, spanId: row.cause_span },
        });
    }
  }

  stop(): void {
    this.#stopping.abort(new Error("The runtime is stopping."));
  }

  #keep(bucket: Bucket, target: NotificationTarget, event: ObjectEvent | null, cause: SpanRef): Notice {
    const { lastInsertRowid } = this.#statements.insert.run(
      bucket.id,
      JSON.stringify(target),
      JSON.stringify(event),
      cause.traceId,
      cause.spanId,
    );
    return { id: Number(lastInsertRowid), bucket, target, event, cause };
  }

  /** What a target refuses is lost, as on AWS; the delivery's span says why. */
  async #deliver({ id, bucket, target, event, cause }: Notice): Promise<void> {
    const { kernel, accountId } = this.#environment;
    this.#open.add(id);
    const caller: Caller = {
      cause,
      actor: { type: "resource", resource: this.#buckets.ref(bucket) },
      region: target.arn.split(":")[3] ?? bucket.region,
      accountId,
      signal: this.#stopping.signal,
    };
    try {
      await kernel.work(
        {
          kind: "delivery",
          service: "s3",
          operation: event?.name ?? "TestEvent",
          target: kernel.resources.findByArn(target.arn) ?? kernel.resources.findByArn(target.arn.split(":").slice(0, 7).join(":")) ?? null,
          input: { target: target.type === "events" ? "EventBridge" : target.arn, event: this.#bodyOf(bucket, target, event) },
          run: ({ event: body }: { readonly event: object }, call) => handOver(target, body, { ...caller, cause: call.span }, call),
        },
        caller,
      );
    } catch (error) {
      if (!(error instanceof AwsError) && !this.#stopping.signal.aborted) throw error;
    }
    if (this.#stopping.signal.aborted) return;
    this.#statements.delete.run(id);
    this.#open.delete(id);
  }

  #bodyOf(bucket: Bucket, target: NotificationTarget, event: ObjectEvent | null): object {
    const { accountId, kernel } = this.#environment;
    if (event === null) return testEvent(bucket, kernel.clock.now(), this.#requestId());
    if (target.type === "events") return bridgeEntry(bucket, event, accountId);
    return { Records: [notificationRecord(bucket, event, accountId, target.configurationId)] };
  }

  #requestId(): string {
    return this.#environment.kernel.ids.base36(16);
  }

  /** Sixteen hex digits that grow, within a millisecond too. */
  #nextSequencer(now: number): string {
    this.#sequence = Math.max(this.#sequence + 1, Math.floor(now) * 256);
    return this.#sequence.toString(16).toUpperCase().padStart(16, "0");
  }
}

export function configurationOf(bucket: Bucket): NotificationConfiguration | undefined {
  // Checked when it was put.
  return bucket.settings["notification"] as NotificationConfiguration | undefined;
}

/** Calls come from the bucket, whatever the delivery's target is. */
async function handOver(target: NotificationTarget, body: object, caller: Caller, call: Call): Promise<unknown> {
  const text = JSON.stringify(body);
  const { kernel } = call;
  switch (target.type) {
    case "lambda":
      return kernel.invoke("lambda", "Invoke", { FunctionName: target.arn, InvocationType: "Event", Payload: Buffer.from(text) }, caller);
    case "sqs": {
      const [, , , region = "", account = "", name = ""] = target.arn.split(":");
      return kernel.invoke(
        "sqs",
        "SendMessage",
        { QueueUrl: `https://sqs.${region}.amazonaws.com/${account}/${name}`, MessageBody: text },
        caller,
      );
    }
    case "sns":
      return kernel.invoke("sns", "Publish", { TopicArn: target.arn, Subject: "Amazon S3 Notification", Message: text }, caller);
    case "events":
      return kernel.invoke("events", "PutEvents", { Entries: [body] }, caller);
  }
}
