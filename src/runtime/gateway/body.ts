import type { IncomingMessage } from "node:http";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { AwsError } from "../kernel/awsError.ts";

const unzip = promisify(gunzip);
const nothing = Buffer.alloc(0);

/** Thrown when a body passes the limit; what was not read is discarded. */
export class BodyTooLarge extends Error {}

/** The whole body, or BodyTooLarge as soon as it is known to pass the limit. */
export async function readBody(message: IncomingMessage, maxBytes: number): Promise<Buffer> {
  const declared = message.headers["content-length"];
  if (declared === undefined && message.headers["transfer-encoding"] === undefined) return nothing;
  if (declared === "0") return nothing;
  if (Number(declared) > maxBytes) throw new BodyTooLarge();
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    message.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > maxBytes) reject(new BodyTooLarge());
      else chunks.push(chunk);
    });
    message.on("end", () => resolve(chunks.length === 1 ? (chunks[0] ?? nothing) : Buffer.concat(chunks)));
    message.on("error", reject);
    message.on("close", () => {
      // A message that is complete closes too, and an error costs its stack.
      if (!message.complete) reject(new Error("The client closed the connection before its request was complete."));
    });
  });
}

/** The body as the operation means it: without gzip and without the chunk signatures of a streaming upload. */
export function plainBody(
  body: Buffer,
  headers: Readonly<Record<string, string | undefined>>,
  maxBytes: number,
  keepsEncoding: boolean,
): Buffer | Promise<Buffer> {
  if (headers["content-encoding"] === undefined && headers["x-amz-content-sha256"]?.startsWith("STREAMING-") !== true) return body;
  return decodedBody(body, headers, maxBytes, keepsEncoding);
}

async function decodedBody(
  body: Buffer,
  headers: Readonly<Record<string, string | undefined>>,
  maxBytes: number,
  keepsEncoding: boolean,
): Promise<Buffer> {
  const encodings = (headers["content-encoding"] ?? "").split(",").map((encoding) => encoding.trim());
  const whole = isChunked(headers) ? withoutChunks(body) : body;
  if (!encodings.includes("gzip") || keepsEncoding || whole.length === 0) return whole;
  try {
    return await unzip(whole, { maxOutputLength: maxBytes });
  } catch (error) {
    if (error instanceof RangeError) throw new BodyTooLarge();
    throw new AwsError("SerializationException", "The request body says that it is gzip and cannot be unpacked.", { cause: error });
  }
}

export function isChunked(headers: Readonly<Record<string, string | undefined>>): boolean {
  return (
    headers["x-amz-content-sha256"]?.startsWith("STREAMING-") === true ||
    (headers["content-encoding"] ?? "").split(",").some((encoding) => encoding.trim() === "aws-chunked")
  );
}

/** Trailers of a chunked body that is here as a whole: they mean what headers mean. */
export function chunkTrailers(body: Buffer): Record<string, string> {
  const last = body.lastIndexOf("\r\n0\r\n") >= 0 ? body.lastIndexOf("\r\n0\r\n") + 5 : body.indexOf("0\r\n") === 0 ? 3 : -1;
  return last < 0 ? {} : readTrailers(body.toString("latin1", last));
}

export function readTrailers(text: string): Record<string, string> {
  const trailers: Record<string, string> = {};
  for (const line of text.split(/\r?\n/)) {
    const colon = line.indexOf(":");
    if (colon > 0) trailers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
  }
  return trailers;
}

/** `size;chunk-signature=…\r\n data \r\n …  0\r\n trailers`. */
function withoutChunks(body: Buffer): Buffer {
  const chunks: Buffer[] = [];
  let position = 0;
  for (;;) {
    const end = body.indexOf("\r\n", position);
    const size = end < 0 ? Number.NaN : Number.parseInt(body.toString("latin1", position, end), 16);
    if (Number.isNaN(size) || end + 2 + size > body.length)
      throw new AwsError("IncompleteBody", "The request body terminated unexpectedly");
    if (size === 0) return Buffer.concat(chunks);
    chunks.push(body.subarray(end + 2, end + 2 + size));
    position = end + 2 + size + 2;
  }
}
