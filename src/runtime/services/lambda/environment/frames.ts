// Frames on the pipe between the runtime and a function environment: a length, a type, a JSON head and bytes that
// neither side needs to parse (event and result). Used on both ends.

/** What a frame says. Numbers are the wire form; both ends come from the same build. */
export const frameType = {
  // runtime → environment
  init: 1,
  invoke: 2,
  inspect: 3,
  recall: 4,
  deadline: 5,
  // environment → runtime
  ready: 10,
  initFailed: 11,
  result: 12,
  failed: 13,
  log: 14,
  text: 15,
  inspecting: 16,
  invalidEvent: 17,
  returned: 18,
} as const;

export type FrameType = (typeof frameType)[keyof typeof frameType];

export interface Frame {
  readonly type: number;
  /** JSON text, empty when the frame has none. */
  readonly head: string;
  readonly body: Buffer;
}

const prefixBytes = 9;
const noBytes = Buffer.alloc(0);

/** [u32 bytes after this][u8 type][u32 head bytes][head][body] */
export function encodeFrame(type: FrameType, head: string, body: string | Uint8Array = noBytes): Buffer {
  const headBytes = Buffer.byteLength(head);
  const bodyBytes = typeof body === "string" ? Buffer.byteLength(body) : body.byteLength;
  const frame = Buffer.allocUnsafe(prefixBytes + headBytes + bodyBytes);
  frame.writeUInt32LE(5 + headBytes + bodyBytes, 0);
  frame[4] = type;
  frame.writeUInt32LE(headBytes, 5);
  frame.write(head, prefixBytes);
  if (typeof body === "string") frame.write(body, prefixBytes + headBytes);
  else frame.set(body, prefixBytes + headBytes);
  return frame;
}

/** Collects chunks as they come and tells each whole frame once. */
export function frameReader(onFrame: (frame: Frame) => void): (chunk: Buffer) => void {
  let chunks: Buffer[] = [];
  let available = 0;
  let needed = -1;
  const take = (bytes: number): Buffer => {
    const joined = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
    const rest = joined.subarray(bytes);
    chunks = rest.length > 0 ? [rest] : [];
    available -= bytes;
    return joined.subarray(0, bytes);
  };
  return (chunk) => {
    chunks.push(chunk);
    available += chunk.length;
    for (;;) {
      if (needed < 0) {
        if (available < 4) return;
        needed = take(4).readUInt32LE(0);
      }
      if (available < needed) return;
      const bytes = take(needed);
      needed = -1;
      const headBytes = bytes.readUInt32LE(1);
      onFrame({ type: bytes[0] ?? 0, head: bytes.toString("utf8", 5, 5 + headBytes), body: bytes.subarray(5 + headBytes) });
    }
  };
}
