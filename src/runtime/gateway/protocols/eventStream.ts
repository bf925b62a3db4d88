// Answers that go on: application/vnd.amazon.eventstream, a message for each event.
// https://smithy.io/2.0/aws/amazon-eventstream.html
import { crc32 } from "node:zlib";
import type { NormalizedSchema } from "@smithy/core/schema";
import { isStreamed } from "../../kernel/streamedBody.ts";
import type { WireResponse } from "./protocol.ts";
import { noBytes } from "./protocol.ts";

/** Writes a value as the protocol around the stream does. */
export type WriteEvent = (schema: NormalizedSchema, value: unknown) => Uint8Array;

/** The answer where the output has a member that is a stream of events; undefined: it has none. */
export function eventStreamAnswer(
  output: unknown,
  schema: NormalizedSchema,
  contentType: string,
  write: WriteEvent,
): WireResponse | undefined {
  if (!schema.isStructSchema()) return undefined;
  for (const [name, member] of schema.structIterator()) {
    if (!member.isStreaming() || !member.isStructSchema() || typeof output !== "object" || output === null) continue;
    const events: unknown = name in output ? (output as Readonly<Record<string, unknown>>)[name] : undefined;
    if (!isStreamed(events)) continue;
    const stream = new Messages(events, member, contentType, write);
    return { status: 200, headers: { "content-type": "application/vnd.amazon.eventstream" }, body: noBytes, stream };
  }
  return undefined;
}

/** The messages of one answer: first that it begins, then each event as it comes. */
class Messages implements AsyncIterableIterator<Uint8Array> {
  readonly #events: AsyncIterator<unknown>;
  readonly #union: NormalizedSchema;
  readonly #contentType: string;
  readonly #write: WriteEvent;
  #hasBegun = false;

  constructor(events: AsyncIterable<unknown>, union: NormalizedSchema, contentType: string, write: WriteEvent) {
    this.#events = events[Symbol.asyncIterator]();
    this.#union = union;
    this.#contentType = contentType;
    this.#write = write;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Uint8Array>> {
    if (!this.#hasBegun) {
      this.#hasBegun = true;
      return { done: false, value: this.#message("initial-response", Buffer.from("{}")) };
    }
    const { done, value } = await this.#events.next();
    if (done === true || typeof value !== "object" || value === null) return { done: true, value: undefined };
    const [event] = Object.entries(value);
    if (event === undefined) return { done: true, value: undefined };
    const [type, content] = event;
    return { done: false, value: this.#message(type, this.#write(this.#union.getMemberSchema(type), content)) };
  }

  /** Nobody reads on. */
  async return(): Promise<IteratorResult<Uint8Array>> {
    await this.#events.return?.();
    return { done: true, value: undefined };
  }

  #message(type: string, payload: Uint8Array): Uint8Array {
    return messageOf({ ":event-type": type, ":content-type": this.#contentType, ":message-type": "event" }, payload);
  }
}

const preludeBytes = 12;
const checksumBytes = 4;
const stringType = 7;

/** One message: lengths with their checksum, headers, payload, checksum of all. */
function messageOf(headers: Readonly<Record<string, string>>, payload: Uint8Array): Uint8Array {
  const head = Buffer.concat(Object.entries(headers).map(([name, value]) => headerOf(name, value)));
  const message = Buffer.alloc(preludeBytes + head.length + payload.length + checksumBytes);
  message.writeUInt32BE(message.length, 0);
  message.writeUInt32BE(head.length, 4);
  message.writeUInt32BE(crc32(message.subarray(0, 8)), 8);
  message.set(head, preludeBytes);
  message.set(payload, preludeBytes + head.length);
  message.writeUInt32BE(crc32(message.subarray(0, -checksumBytes)), message.length - checksumBytes);
  return message;
}

function headerOf(name: string, value: string): Uint8Array {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(bytes.length);
  return Buffer.concat([Buffer.from([Buffer.byteLength(name)]), Buffer.from(name), Buffer.from([stringType]), length, bytes]);
}
