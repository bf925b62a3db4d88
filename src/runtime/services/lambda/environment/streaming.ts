// `awslambda`, the global that streaming handlers use. The stream is collected and answered whole.
import { Writable } from "node:stream";
import type { Handler } from "./handler.ts";

type StreamingHandler = (event: unknown, stream: Writable, context: object) => unknown;

const streaming = new WeakMap<object, StreamingHandler>();
/** Separates the JSON head (status, headers, cookies) from the body, as Lambda's own runtime writes it. */
const preludeEnd = Buffer.alloc(8);

export function installStreaming(): void {
  const awslambda = {
    streamifyResponse(handler: StreamingHandler): Handler {
      const marked: Handler = () => Promise.reject(new Error("A streaming handler is called by the runtime only."));
      streaming.set(marked, handler);
      return marked;
    },
    HttpResponseStream: {
      from(stream: Writable, prelude: object): Writable {
        stream.write(JSON.stringify(prelude));
        stream.write(preludeEnd);
        return stream;
      },
    },
  };
  Object.defineProperty(globalThis, "awslambda", { value: awslambda, configurable: true, writable: true });
}

/** How to call a handler made by streamifyResponse; undefined for any other. */
export function streamingHandlerOf(handler: Handler): ((event: unknown, context: object) => Promise<Uint8Array>) | undefined {
  const inner = streaming.get(handler);
  if (inner === undefined) return undefined;
  return async (event, context) => {
    const chunks: Buffer[] = [];
    const stream = new Writable({
      write(chunk: Buffer | string, encoding, done) {
        chunks.push(typeof chunk === "string" ? Buffer.from(chunk, encoding) : chunk);
        done();
      },
    });
    const setContentType = (contentType: string): void => void Object.assign(stream, { contentType });
    Object.assign(stream, { setContentType });
    const finished = new Promise<void>((resolve, reject) => stream.once("finish", resolve).once("error", reject));
    await inner(event, stream, context);
    if (!stream.writableEnded && chunks.length > 0) stream.end();
    await finished;
    return Buffer.concat(chunks);
  };
}
