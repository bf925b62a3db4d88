// What only a process of its own can show: what is left when it is killed, and how large it gets.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { expect, onTestFinished, test } from "vitest";
import { temporaryFolder } from "../../support/runtime.ts";
import { account } from "./s3Runtime.ts";

async function runtimeProcess(dataDirectory: string) {
  const child = spawn(process.execPath, ["--no-warnings", fileURLToPath(new URL("./runtimeProcess.ts", import.meta.url)), dataDirectory], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  const lines = createInterface({ input: child.stdout });
  const [endpoint] = (await once(lines, "line")) as [string];
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const client = new S3Client({ endpoint, region: "us-east-1", credentials, maxAttempts: 1, forcePathStyle: true });
  onTestFinished(() => client.destroy());
  const largestKilobytes = async (): Promise<number> => {
    child.stdin.write("?\n");
    const [kilobytes] = (await once(lines, "line")) as [string];
    return Number(kilobytes);
  };
  return { child: child as ChildProcess, client, largestKilobytes };
}

test("what was acknowledged is there after kill -9 in the middle of writes, and no file is left of what was not", async () => {
  const dataDirectory = temporaryFolder();
  const { child, client } = await runtimeProcess(dataDirectory);
  const ended = once(child, "exit");
  await client.send(new CreateBucketCommand({ Bucket: "kept" }));
  const acknowledged = new Map<string, number>();
  let next = 0;
  const write = async (): Promise<void> => {
    for (;;) {
      const index = next++;
      // small ones in the database, large ones in files; every fifth replaces an earlier one
      const Key = `object-${index % 5 === 4 ? index - 4 : index}`;
      const size = index % 2 === 0 ? 500 : 400_000;
      try {
        await client.send(new PutObjectCommand({ Bucket: "kept", Key, Body: Buffer.alloc(size, String(index % 10)) }));
      } catch {
        return;
      }
      acknowledged.set(Key, size);
      if (acknowledged.size === 40) child.kill("SIGKILL");
    }
  };
  await Promise.all(Array.from({ length: 6 }, write));
  await ended;

  const after = await account(undefined, { dataDirectory });
  const { Contents = [] } = await after.client.send(new ListObjectsV2Command({ Bucket: "kept" }));
  const there = new Map(Contents.map(({ Key = "", Size = 0 }) => [Key, Size]));
  expect([...acknowledged.keys()].filter((key) => !there.has(key))).toEqual([]);
  for (const [Key, size] of there) {
    const { Body } = await after.client.send(new GetObjectCommand({ Bucket: "kept", Key }));
    expect((await Body?.transformToByteArray())?.length, Key).toBe(size);
  }
  const large = [...there.values()].filter((size) => size > 100 * 1024).length;
  expect(readdirSync(path.join(dataDirectory, "s3"))).toHaveLength(large);
});

test("a hundred megabytes go in and out without being held in memory", async () => {
  const { client, largestKilobytes } = await runtimeProcess(temporaryFolder());
  await client.send(new CreateBucketCommand({ Bucket: "large" }));
  await client.send(new PutObjectCommand({ Bucket: "large", Key: "warm", Body: Buffer.alloc(1_000_000) }));
  const before = await largestKilobytes();
  const piece = Buffer.alloc(1024 * 1024, "contrail");
  const Body = Readable.from(Array.from({ length: 100 }, () => piece));
  await client.send(new PutObjectCommand({ Bucket: "large", Key: "big", Body, ContentLength: 100 * piece.length }));
  const got = await client.send(new GetObjectCommand({ Bucket: "large", Key: "big" }));
  let bytes = 0;
  for await (const chunk of got.Body as Readable) bytes += (chunk as Buffer).length;
  expect(bytes).toBe(100 * piece.length);
  expect((await largestKilobytes()) - before).toBeLessThan(70 * 1024);
});
