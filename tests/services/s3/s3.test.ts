import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetBucketLocationCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { expect, onTestFinished, test } from "vitest";
import { clientOptions, temporaryFolder } from "../../support/runtime.ts";
import { account } from "./s3Runtime.ts";

test("a bucket is made, found, listed and deleted once it is empty", async () => {
  const { client, bucket } = await account();
  await bucket("photos");
  expect(await client.send(new HeadBucketCommand({ Bucket: "photos" }))).toMatchObject({ BucketRegion: "us-east-1" });
  expect((await client.send(new ListBucketsCommand({}))).Buckets).toMatchObject([{ Name: "photos", CreationDate: expect.any(Date) }]);
  expect((await client.send(new GetBucketLocationCommand({ Bucket: "photos" }))).LocationConstraint ?? "").toBe("");
  await client.send(new CreateBucketCommand({ Bucket: "far", CreateBucketConfiguration: { LocationConstraint: "eu-west-1" } }));
  expect((await client.send(new GetBucketLocationCommand({ Bucket: "far" }))).LocationConstraint).toBe("eu-west-1");

  await client.send(new PutObjectCommand({ Bucket: "photos", Key: "a", Body: "x" }));
  await expect(client.send(new DeleteBucketCommand({ Bucket: "photos" }))).rejects.toMatchObject({
    name: "BucketNotEmpty",
    $metadata: { httpStatusCode: 409 },
  });
  await client.send(new DeleteObjectCommand({ Bucket: "photos", Key: "a" }));
  await client.send(new DeleteBucketCommand({ Bucket: "photos" }));
  await expect(client.send(new HeadBucketCommand({ Bucket: "photos" }))).rejects.toMatchObject({ name: "NotFound" });
  await expect(bucket("Not_A_Bucket")).rejects.toMatchObject({ name: "InvalidBucketName" });
});

test("an object comes back with its content, headers and metadata", async () => {
  const { client, bucket } = await account();
  const Bucket = await bucket("photos");
  const put = await client.send(
    new PutObjectCommand({
      Bucket,
      Key: "2026/ein Bild +&.txt",
      Body: "hello",
      ContentType: "text/plain",
      CacheControl: "max-age=60",
      Metadata: { Colour: "blue" },
    }),
  );
  expect(put.ETag).toBe('"5d41402abc4b2a76b9719d911017c592"');

  const got = await client.send(new GetObjectCommand({ Bucket, Key: "2026/ein Bild +&.txt" }));
  expect(await got.Body?.transformToString()).toBe("hello");
  expect(got).toMatchObject({
    ETag: put.ETag,
    ContentType: "text/plain",
    CacheControl: "max-age=60",
    ContentLength: 5,
    Metadata: { colour: "blue" },
    AcceptRanges: "bytes",
  });
  expect(await client.send(new HeadObjectCommand({ Bucket, Key: "2026/ein Bild +&.txt" }))).toMatchObject({ ContentLength: 5 });
  await expect(client.send(new GetObjectCommand({ Bucket, Key: "none" }))).rejects.toMatchObject({
    name: "NoSuchKey",
    message: "The specified key does not exist.",
    Key: "none",
  });
});

test("keys keep their slashes, wherever they stand", async () => {
  const { client, bucket } = await account();
  const Bucket = await bucket("odd");
  const keys = ["folder/", "a//b", "/begin", "//", "a/./b", "é ü/日本/🙂", "100%", "a+b c"];
  for (const Key of keys) await client.send(new PutObjectCommand({ Bucket, Key, Body: Key }));
  for (const Key of keys) {
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
    expect(await Body?.transformToString()).toBe(Key);
  }
  const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket }));
  expect(Contents.map(({ Key }) => Key)).toEqual(keys.toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other))));
  const encoded = await client.send(new ListObjectsV2Command({ Bucket, EncodingType: "url", Prefix: "a+" }));
  expect(encoded.Contents).toMatchObject([{ Key: "a%2Bb+c" }]);
});

test("keys are listed below a prefix, rolled up at a delimiter, page by page", async () => {
  const { client, bucket } = await account();
  const Bucket = await bucket("listed");
  for (const Key of ["a/1", "a/2", "b", "c/x/1", "c/x/2", "c/y", "d"]) await client.send(new PutObjectCommand({ Bucket, Key, Body: "-" }));
  const seen: string[] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await client.send(new ListObjectsV2Command({ Bucket, Delimiter: "/", MaxKeys: 1, ContinuationToken }));
    expect(page.KeyCount).toBe(1);
    seen.push(...(page.Contents ?? []).map(({ Key = "" }) => Key), ...(page.CommonPrefixes ?? []).map(({ Prefix = "" }) => Prefix));
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken !== undefined);
  expect(seen).toEqual(["a/", "b", "c/", "d"]);
  const below = await client.send(new ListObjectsV2Command({ Bucket, Prefix: "c/", Delimiter: "/" }));
  expect(below).toMatchObject({ Contents: [{ Key: "c/y" }], CommonPrefixes: [{ Prefix: "c/x/" }], KeyCount: 2, IsTruncated: false });
  const after = await client.send(new ListObjectsV2Command({ Bucket, StartAfter: "c/x/1" }));
  expect(after.Contents?.map(({ Key }) => Key)).toEqual(["c/x/2", "c/y", "d"]);
});

test("a large object streams in and out, whole and in ranges", async () => {
  const { client, bucket } = await account();
  const Bucket = await bucket("large");
  const size = 3 * 1024 * 1024 + 17;
  const content = Buffer.alloc(size, "contrail ");
  const md5 = createHash("md5").update(content).digest("hex");
  const put = await client.send(
    new PutObjectCommand({
      Bucket,
      Key: "big",
      Body: Readable.from([content.subarray(0, 99_999), content.subarray(99_999)]),
      ContentLength: size,
    }),
  );
  expect(put.ETag).toBe(`"${md5}"`);
  expect(put.ChecksumCRC32).toMatch(/^[\w+/]{6}==$/);
  const got = await client.send(new GetObjectCommand({ Bucket, Key: "big" }));
  expect(Buffer.from((await got.Body?.transformToByteArray()) ?? []).equals(content)).toBe(true);
  const part = await client.send(new GetObjectCommand({ Bucket, Key: "big", Range: "bytes=1000000-1000008" }));
  expect(part).toMatchObject({ ContentRange: `bytes 1000000-1000008/${size}`, ContentLength: 9, $metadata: { httpStatusCode: 206 } });
  expect(await part.Body?.transformToString()).toBe(content.subarray(1_000_000, 1_000_009).toString());
  await expect(client.send(new GetObjectCommand({ Bucket, Key: "big", Range: `bytes=${size}-` }))).rejects.toMatchObject({
    name: "InvalidRange",
  });
});

test("what was acknowledged is there after a restart, and nothing else", async () => {
  const dataDirectory = temporaryFolder();
  const first = await account(undefined, { dataDirectory });
  const Bucket = await first.bucket("kept");
  await first.client.send(new PutObjectCommand({ Bucket, Key: "small", Body: "here" }));
  await first.client.send(new PutObjectCommand({ Bucket, Key: "big", Body: Buffer.alloc(500_000, "x") }));
  await first.runtime.close();

  const { client } = await account(undefined, { dataDirectory });
  const { Contents } = await client.send(new ListObjectsV2Command({ Bucket }));
  expect(Contents).toMatchObject([
    { Key: "big", Size: 500_000 },
    { Key: "small", Size: 4 },
  ]);
  const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: "big" }));
  expect((await Body?.transformToString())?.length).toBe(500_000);
});

test("presigned URLs put and get with nothing but fetch", async () => {
  const { runtime, client, bucket } = await account();
  const Bucket = await bucket("signed");
  const url = await getSignedUrl(client, new PutObjectCommand({ Bucket, Key: "a b.txt" }), { expiresIn: 60 });
  const put = await fetch(url, { method: "PUT", body: "by link", headers: { "content-type": "text/plain" } });
  expect(put.status).toBe(200);
  const got = await fetch(await getSignedUrl(client, new GetObjectCommand({ Bucket, Key: "a b.txt" }), { expiresIn: 60 }));
  expect(await got.text()).toBe("by link");
  expect(got.headers.get("content-type")).toBe("text/plain");

  const hosted = new S3Client({ ...clientOptions(runtime), endpoint: runtime.endpoint.replace("127.0.0.1", "localhost") });
  onTestFinished(() => hosted.destroy());
  const virtual = new URL(await getSignedUrl(hosted, new GetObjectCommand({ Bucket, Key: "a b.txt" })));
  expect(virtual.hostname).toBe("signed.localhost");
});
