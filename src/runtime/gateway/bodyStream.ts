// A request's body as it comes in, for operations that take contents of any size: never all of it in memory.
import type { IncomingMessage } from "node:http";
import { AwsError } from "../kernel/awsError.ts";
import type { StreamedBody } from "../kernel/streamedBody.ts";
import { isChunked, readTrailers } from "./body.ts";

type Headers = Readonly<Record<string, string | undefined>>;

export class BodyStream implements StreamedBody {
  readonly trailerNames: string;
  readonly trailers: Record<string, string> = {};
  readonly #message: IncomingMessage;
  readonly #headers: Headers;

  constructor(message: IncomingMessage, headers: Headers) {
    this.#message = message;
    this.#headers = headers;
    this.trailerNames = headers["x-amz-trailer"]?.toLowerCase() ?? "";
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    if (isChunked(this.#headers)) yield* this.#withoutChunks();
    else yield* this.#whole();
  }

  async *#whole(): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of this.#message) yield chunk as Buffer;
    } catch (error) {
      throw incomplete(error);
    }
    if (!this.#message.complete) throw incomplete();
  }

  /** `size;chunk-signature=…\r\n data \r\n …  0\r\n trailers`. */
  async *#withoutChunks(): AsyncGenerator<Uint8Array> {
    let rest: Buffer = Buffer.alloc(0);
    /** Of the chunk that is being read; null: its head is still to come. */
    let left: number | null = null;
    let isTrailing = false;
    let size = 0;
    for await (const piece of this.#whole()) {
      rest = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
      while (!isTrailing && rest.length > 0) {
        if (left === null) {
          const end = rest.indexOf("\r\n");
          if (end < 0) break;
          left = Number.parseInt(rest.toString("latin1", 0, end), 16);
          if (Number.isNaN(left)) throw incomplete();
          rest = rest.subarray(end + 2);
          isTrailing = left === 0;
        } else if (left > 0) {
          const data = rest.subarray(0, left);
          left -= data.length;
          size += data.length;
          rest = rest.subarray(data.length);
          yield data;
        } else {
          if (rest.length < 2) break;
          rest = rest.subarray(2);
          left = null;
        }
      }
    }
    if (!isTrailing) throw incomplete();
    const declared = this.#headers["x-amz-decoded-content-length"];
    if (declared !== undefined && Number(declared) !== size) throw incomplete();
    Object.assign(this.trailers, readTrailers(rest.toString("latin1")));
  }
}

function incomplete(cause?: unknown): AwsError {
  return new AwsError("IncompleteBody", "You did not provide the number of bytes specified by the Content-Length HTTP header", { cause });
}
