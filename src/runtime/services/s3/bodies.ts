// Contents of objects: small ones in the database beside their row, larger ones in files that nobody changes once they are written.
import { createHash } from "node:crypto";
import { createReadStream, existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { copyFile, link, open, rm, type FileHandle } from "node:fs/promises";
import path from "node:path";
import { Readable } from "node:stream";
import type { Ids } from "../../kernel/service.ts";
import { startDigest, type Algorithm } from "./checksums.ts";
import { entityTooLarge } from "./errors.ts";

/** Up to here a content is in the database, where one write makes it durable together with its row. */
const maxInlineBytes = 100 * 1024;
/** Up to here a content is given as bytes, which a trace can show; beyond it as a stream. */
const maxBufferBytes = 256 * 1024;

export interface BodyFile {
  readonly name: string;
  readonly size: number;
}

export interface Body {
  readonly size: number;
  readonly content: Buffer | null;
  /** One after the other; several when the object was uploaded in parts. */
  readonly files: readonly BodyFile[];
}

export interface ReceivedBody extends Body {
  /** Hex. */
  readonly md5: string;
  readonly digests: ReadonlyMap<Algorithm, Buffer>;
}

export type GivenBody = Uint8Array | string | AsyncIterable<Uint8Array> | null | undefined;

export class Bodies {
  readonly #directory: string;
  readonly #ids: Ids;
  /** Files that are being read, and how often; those to be deleted once nobody reads them. */
  readonly #readers = new Map<string, number>();
  readonly #doomed = new Set<string>();

  constructor(directory: string, ids: Ids) {
    this.#directory = directory;
    this.#ids = ids;
  }

  /** Takes in a content piece by piece; a file that this leaves when it fails is gone again. */
  async receive(given: GivenBody, wanted: ReadonlySet<Algorithm>, maxBytes: number): Promise<ReceivedBody> {
    const md5 = createHash("md5");
    const digests = [...wanted].map((algorithm) => [algorithm, startDigest(algorithm)] as const);
    const pending: Uint8Array[] = [];
    let size = 0;
    let file: { readonly name: string; readonly handle: FileHandle } | undefined;
    try {
      for await (const chunk of chunksOf(given)) {
        size += chunk.byteLength;
        if (size > maxBytes) throw entityTooLarge(size, maxBytes);
        md5.update(chunk);
        for (const [, digest] of digests) digest.update(chunk);
        pending.push(chunk);
        if (size <= maxInlineBytes) continue;
        file ??= await this.#newFile();
        for (const piece of pending.splice(0)) await writeAll(file.handle, piece);
      }
      await file?.handle.close();
    } catch (error) {
      await file?.handle.close().catch(() => {});
      if (file) await rm(this.#pathOf(file.name), { force: true });
      throw error;
    }
    return {
      size,
      md5: md5.digest("hex"),
      digests: new Map(await Promise.all(digests.map(async ([algorithm, digest]) => [algorithm, await digest.digest()] as const))),
      content: file === undefined ? Buffer.concat(pending) : null,
      files: file === undefined ? [] : [{ name: file.name, size }],
    };
  }

  /** As a file, however small. */
  async write(content: Uint8Array): Promise<readonly BodyFile[]> {
    const { name, handle } = await this.#newFile();
    await writeAll(handle, content).finally(() => handle.close());
    return [{ name, size: content.byteLength }];
  }

  /** The bytes from `start` to before `end`: as they are where they are few, else as a stream. */
  read(body: Body, start = 0, end = body.size): Buffer | Readable {
    if (body.content !== null) return body.content.subarray(start, end);
    if (end - start > maxBufferBytes) {
      const release = this.hold(body);
      return Readable.from(this.chunks(body, start, end), { objectMode: false }).once("close", release);
    }
    const whole = body.files.length === 1 && start === 0 && end === body.size ? body.files[0] : undefined;
    if (whole) return readFileSync(this.#pathOf(whole.name));
    return Buffer.concat(slicesOf(body.files, start, end).map(({ name, from, to }) => readFileSync(this.#pathOf(name)).subarray(from, to)));
  }

  async *chunks(body: Body, start = 0, end = body.size): AsyncGenerator<Uint8Array> {
    if (body.content !== null) {
      yield body.content.subarray(start, end);
      return;
    }
    for (const { name, from, to } of slicesOf(body.files, start, end)) {
      for await (const chunk of createReadStream(this.#pathOf(name), { start: from, end: to - 1 })) yield chunk as Buffer;
    }
  }

  /** Its files stay until the returned function is called, whatever becomes of the object. */
  hold({ files }: Body): () => void {
    for (const { name } of files) this.#readers.set(name, (this.#readers.get(name) ?? 0) + 1);
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      for (const { name } of files) {
        const left = (this.#readers.get(name) ?? 1) - 1;
        if (left > 0) this.#readers.set(name, left);
        else this.#readers.delete(name);
        if (left === 0 && this.#doomed.delete(name)) this.#delete(name);
      }
    };
  }

  /** The same content once more: as files cannot change, a second name of each is enough. */
  async duplicate(body: Body): Promise<Body> {
    const files: BodyFile[] = [];
    for (const { name, size } of body.files) {
      const copy = this.#ids.hex(32);
      await link(this.#pathOf(name), this.#pathOf(copy)).catch(() => copyFile(this.#pathOf(name), this.#pathOf(copy)));
      files.push({ name: copy, size });
    }
    return { size: body.size, content: body.content, files };
  }

  /** Does what makes a row name the content's files; they are gone when that fails. */
  keep<Result>(body: Body, work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      this.discard(body.files);
      throw error;
    }
  }

  /** Deletes what no row names any more. */
  discard(files: readonly BodyFile[]): void {
    for (const { name } of files) {
      if (this.#readers.has(name)) this.#doomed.add(name);
      else this.#delete(name);
    }
  }

  /** Deletes what was written for a row that a killed process never made. */
  discardStrays(known: ReadonlySet<string>): void {
    if (!existsSync(this.#directory)) return;
    for (const name of readdirSync(this.#directory)) if (!known.has(name)) rmSync(this.#pathOf(name), { force: true });
  }

  async #newFile(): Promise<{ readonly name: string; readonly handle: FileHandle }> {
    const name = this.#ids.hex(32);
    return { name, handle: await open(this.#pathOf(name), "wx") };
  }

  #delete(name: string): void {
    rmSync(this.#pathOf(name), { force: true, maxRetries: 3 });
  }

  #pathOf(name: string): string {
    return path.join(this.#directory, name);
  }
}

async function* chunksOf(given: GivenBody): AsyncGenerator<Uint8Array> {
  if (given === undefined || given === null) return;
  if (typeof given === "string") yield Buffer.from(given);
  else if (given instanceof Uint8Array) yield given;
  else yield* given;
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  let written = 0;
  while (written < bytes.byteLength) written += (await handle.write(bytes, written, bytes.byteLength - written)).bytesWritten;
}

function slicesOf(
  files: readonly BodyFile[],
  start: number,
  end: number,
): { readonly name: string; readonly from: number; readonly to: number }[] {
  let position = 0;
  return files.flatMap(({ name, size }) => {
    const [from, to] = [Math.max(start - position, 0), Math.min(end - position, size)];
    position += size;
    return from < to ? [{ name, from, to }] : [];
  });
}
