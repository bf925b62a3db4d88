/** A content too large to be held in memory: read once, piece by piece. Small ones are bytes. */
export interface StreamedBody extends AsyncIterable<Uint8Array> {
  /** Names that its head announces for what stands behind it: `x-amz-checksum-crc32`. */
  readonly trailerNames: string;
  /** What stood behind it, by lower-case name; filled once all is read. */
  readonly trailers: Readonly<Record<string, string>>;
}

/** A content as an operation gave it, as bytes; of a stream no more is read than `maxBytes` and what came with them. */
export async function wholeBody(body: unknown, maxBytes = Infinity): Promise<Buffer> {
  if (typeof body === "string") return Buffer.from(body);
  if (body instanceof Uint8Array) return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  if (!isStreamed(body)) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    bytes += chunk.byteLength;
    if (bytes > maxBytes) break;
  }
  return Buffer.concat(chunks);
}

export function isStreamed(body: unknown): body is AsyncIterable<Uint8Array> {
  return typeof body === "object" && body !== null && Symbol.asyncIterator in body;
}
