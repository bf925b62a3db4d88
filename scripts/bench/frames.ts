// Length-prefixed frames over the pipe between a bare server and its child processes.
import type { ChildProcess } from "node:child_process";
import type { Socket } from "node:net";

export function pipe(child: ChildProcess): Socket {
  return child.stdio[3] as Socket;
}

export function write(socket: Socket, text: string): void {
  const frame = Buffer.allocUnsafe(4 + Buffer.byteLength(text));
  frame.writeUInt32LE(frame.length - 4, 0);
  frame.write(text, 4);
  socket.write(frame);
}

export function frames(onFrame: (text: string) => void): (chunk: Buffer) => void {
  let buffered: Buffer = Buffer.alloc(0);
  return (chunk) => {
    buffered = buffered.length === 0 ? chunk : Buffer.concat([buffered, chunk]);
    while (buffered.length >= 4) {
      const length = buffered.readUInt32LE(0);
      if (buffered.length < 4 + length) return;
      const text = buffered.toString("utf8", 4, 4 + length);
      buffered = buffered.subarray(4 + length);
      onFrame(text);
    }
  };
}
