import { isJsonObject } from "../../../../model/json.ts";
import type { Json } from "../../../../model/json.ts";
import type { SpanRef } from "../../../../model/trace.ts";
import { AwsError } from "../../../kernel/awsError.ts";
import type { Call, Caller } from "../../../kernel/service.ts";
import { functionRef } from "../function.ts";
import type { Functions } from "../functions.ts";
import type { InvocationResult } from "../invocation.ts";
import type { Mapping } from "./mapping.ts";
import { matchesPattern } from "./pattern.ts";
import type { EventSource, SourceRecord } from "./source.ts";

/** Longest wait of one poll; the next follows at once. */
const pollSeconds = 20;
/** After an error of the source (a deleted queue). */
const errorPauseMilliseconds = 60_000;
/** A throttled batch waits before its poller goes on. */
const throttlePauseMilliseconds = 1_000;
/** Records of one event stay below a synchronous invocation's payload. */
const maxBatchBytes = 6 * 2 ** 20 - 64 * 1024;

/** Reads one source and hands batches to one function, several at once, until it is stopped. */
export class Poller {
  readonly mapping: Mapping;
  readonly #source: EventSource;
  readonly #functions: Functions;
  readonly #ending = new AbortController();
  readonly #onResult: (result: string) => void;
  #underWay = 0;
  #onSlotFree: (() => void) | undefined;

  constructor(mapping: Mapping, source: EventSource, functions: Functions, onResult: (result: string) => void) {
    this.mapping = mapping;
    this.#source = source;
    this.#functions = functions;
    this.#onResult = onResult;
  }

  start(): void {
    void this.#run();
  }

  /** No further polls; batches at the function end by themselves. */
  stop(): void {
    this.#ending.abort(new Error("The event source mapping was stopped."));
    this.#onSlotFree?.();
  }

  async #run(): Promise<void> {
    const slots = this.mapping.maximumConcurrency ?? this.#source.concurrency;
    while (!this.#isEnding()) {
      if (this.#underWay >= slots) await new Promise<void>((resolve) => (this.#onSlotFree = resolve));
      if (this.#isEnding()) return;
      const batch = await this.#collect();
      if (batch === undefined) await this.#pause(errorPauseMilliseconds);
      // What fails there has been told by the kernel; with the runtime gone there is nobody left to settle with.
      else if (batch.length > 0) void this.#deliver(batch).catch(() => {});
    }
  }

  #isEnding(): boolean {
    return this.#ending.signal.aborted;
  }

  /** One batch: until it is full or its window ends; undefined: the source cannot be read. */
  async #collect(): Promise<SourceRecord[] | undefined> {
    const { batchSize, windowSeconds } = this.mapping;
    const { clock } = this.#functions.service.kernel;
    try {
      const records = [...(await this.#source.receive(batchSize, pollSeconds, this.#ending.signal))];
      if (records.length === 0 || windowSeconds === 0) return records;
      const closesAt = clock.now() + windowSeconds * 1000;
      let bytes = sizeOf(records);
      while (records.length < batchSize && bytes < maxBatchBytes && !this.#isEnding()) {
        const left = Math.max(0, closesAt - clock.now()) / 1000;
        const more = await this.#source.receive(batchSize - records.length, Math.min(pollSeconds, Math.ceil(left)), this.#ending.signal);
        records.push(...more);
        bytes += sizeOf(more);
        if (more.length === 0 && clock.now() >= closesAt) break;
      }
      return records;
    } catch (error) {
      if (this.#isEnding()) return [];
      if (!(error instanceof AwsError)) throw error;
      this.#onResult(`PROBLEM: ${error.message}`);
      return undefined;
    }
  }

  async #deliver(records: readonly SourceRecord[]): Promise<void> {
    this.#underWay += 1;
    try {
      const isThrottled = await this.#invoke(records);
      if (isThrottled) await this.#pause(throttlePauseMilliseconds);
    } finally {
      this.#underWay -= 1;
      this.#onSlotFree?.();
    }
  }

  /** True: the function had no room, the records come again. */
  async #invoke(records: readonly SourceRecord[]): Promise<boolean> {
    const { kernel, accountId } = this.#functions.service;
    const { functionName, region, qualifier } = this.mapping;
    const target = kernel.resources.find("lambda", functionName, region) ?? functionRef(functionName, region);
    const caller: Caller = { cause: causeOf(records), actor: { type: "resource", resource: this.#source.resource }, region, accountId };
    const wanted = records.filter((record) => this.#passes(record));
    const unwanted = records.filter((record) => !wanted.includes(record));
    // what no filter lets through is not seen again
    if (unwanted.length > 0) await this.#settle(unwanted, caller);
    if (wanted.length === 0) return false;
    const links = records.length > 1 ? records.flatMap((record) => record.cause ?? []) : [];
    const work = {
      kind: "invocation" as const,
      service: "lambda",
      operation: "Invoke",
      target,
      input: { Records: wanted.map((record) => record.event) },
      links,
      run: async (input: Json, call: Call): Promise<Json> => {
        const result = await this.#functions.run(
          {
            version: this.#functions.store.version({ name: functionName, ...(qualifier !== undefined && { qualifier }) }, region),
            requestId: kernel.ids.uuid(),
            event: Buffer.from(JSON.stringify(input)),
            ...(qualifier !== undefined && { qualifier }),
          },
          call,
        );
        const done = this.#succeeded(wanted, result);
        if (done.length > 0) await this.#settle(done, call);
        const failed = wanted.filter((record) => !done.includes(record));
        if (failed.length > 0) await this.#source.release(failed, call);
        if (failed.length > 0 && result.error === null) {
          call.fail({
            code: "BatchItemFailures",
            message: `${failed.length} of ${wanted.length} records failed and come again: ${failed
              .map((record) => record.id)
              .slice(0, 10)
              .join(", ")}.`,
            fault: "function",
          });
        }
        this.#onResult(result.error === null ? "OK" : `PROBLEM: Function call failed`);
        return answerOf(result);
      },
    };
    try {
      await kernel.work<Json>(work, caller);
      return false;
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      this.#onResult(`PROBLEM: ${error.message}`);
      return error.status === 429;
    }
  }

  async #settle(records: readonly SourceRecord[], caller: Caller): Promise<void> {
    try {
      await this.#source.settle(records, caller);
    } catch (error) {
      // the source has gone: nothing is left to settle
      if (!(error instanceof AwsError)) throw error;
    }
  }

  #passes(record: SourceRecord): boolean {
    const { filters } = this.mapping;
    return (
      filters.length === 0 ||
      filters.some((filter) => {
        const pattern: unknown = JSON.parse(filter);
        return isJsonObject(pattern) && matchesPattern(pattern, record.filtered);
      })
    );
  }

  /** Which records are done, by the function's answer: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html */
  #succeeded(records: readonly SourceRecord[], result: InvocationResult): readonly SourceRecord[] {
    if (result.error !== null) return [];
    if (!this.mapping.reportsBatchItemFailures) return records;
    const failures = failuresIn(answerOf(result));
    if (failures === undefined || failures.some((id) => !records.some((record) => record.id === id))) return [];
    const failedGroups = new Set<string>();
    return records.filter((record) => {
      const isFailed = failures.includes(record.id) || (record.group !== undefined && failedGroups.has(record.group));
      if (isFailed && record.group !== undefined) failedGroups.add(record.group);
      return !isFailed;
    });
  }

  async #pause(milliseconds: number): Promise<void> {
    const { clock } = this.#functions.service.kernel;
    const what = { title: `${this.mapping.functionName} polls again`, resource: this.#source.resource, isQuiet: true };
    await clock.sleep(milliseconds, what, this.#ending.signal).catch((error: unknown) => {
      if (!this.#isEnding()) throw error;
    });
  }
}

/** The poll that received them all, whose trace the batch goes on with. */
function causeOf(records: readonly SourceRecord[]): SpanRef | null {
  const [first] = records;
  if (first === undefined) return null;
  return records.every((record) => record.poll?.spanId === first.poll?.spanId) ? first.poll : null;
}

function sizeOf(records: readonly SourceRecord[]): number {
  return records.reduce((sum, record) => sum + JSON.stringify(record.event).length, 0);
}

function answerOf(result: InvocationResult): Json {
  const text = Buffer.from(result.payload).toString("utf8");
  try {
    return text === "" ? null : (JSON.parse(text) as Json);
  } catch {
    return text;
  }
}

/** Ids in `{batchItemFailures: [{itemIdentifier}]}`; empty: all is well; undefined: not in that shape, so the whole batch failed. */
function failuresIn(answer: Json): readonly string[] | undefined {
  if (answer === null) return [];
  if (!isJsonObject(answer)) return undefined;
  const list = answer["batchItemFailures"];
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list)) return undefined;
  const ids = list.map((item) =>
    isJsonObject(item) && typeof item["itemIdentifier"] === "string" && item["itemIdentifier"] !== "" ? item["itemIdentifier"] : undefined,
  );
  return ids.every((id) => id !== undefined) ? ids : undefined;
}
