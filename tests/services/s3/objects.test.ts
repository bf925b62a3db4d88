// Conditions, checksums, copies, tags, versions and uploads in parts, as the SDK sees them.
import {
  AbortMultipartUploadCommand,
  type ChecksumAlgorithm,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectAttributesCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectsCommand,
  ListObjectVersionsCommand,
  ListPartsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  type S3Client,
  UploadPartCommand,
  UploadPartCopyCommand,
} from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import { account } from "./s3Runtime.ts";

async function textOf(client: S3Client, Bucket: string, Key: string, VersionId?: string): Promise<string> {
  const { Body } = await client.send(new GetObjectCommand({ Bucket, Key, VersionId }));
  return (await Body?.transformToString()) ?? "";
}

test("conditions hold back reads and writes", async () => {
  const { client, bucket } = await account();
  const Bucket = await bucket("conditions");
  const { ETag = "" } = await client.send(new PutObjectCommand({ Bucket, Key: "a", Body: "1", IfNoneMatch: "*" }));
  const get = (conditions: object) => client.send(new GetObjectCommand({ Bucket, Key: "a", ...conditions }));
  const put = (conditions: object, Key = "a") => client.send(new PutObjectCommand({ Bucket, Key, Body: "2", ...conditions }));
  const failed = { name: "PreconditionFailed", $metadata: { httpStatusCode: 412 } };

  await expect(get({ IfMatch: '"other"' })).rejects.toMatchObject(failed);
  await expect(get({ IfNoneMatch: ETag })).rejects.toMatchObject({ $metadata: { httpStatusCode: 304 } });
  await expect(get({ IfModifiedSince: new Date(Date.now() + 60_000) })).rejects.toMatchObject({ $metadata: { httpStatusCode: 304 } });
  await expect(get({ IfUnmodifiedSince: new Date(0) })).rejects.toMatchObject(failed);
  expect((await get({ IfMatch: ETag, IfUnmodifiedSince: new Date(0) })).ETag).toBe(ETag);
  await expect(put({ IfNoneMatch: "*" })).rejects.toMatchObject(failed);
  await expect(put({ IfMatch: '"other"' })).rejects.toMatchObject(failed);
  await expect(put({ IfMatch: ETag }, "none")).rejects.toMatchObject({ name: "NoSuchKey" });
  await put({ IfMatch: ETag });
  expect(await textOf(client, Bucket, "a")).toBe("2");
  const writes = await Promise.allSettled(Array.from({ length: 5 }, () => put({ IfNoneMatch: "*" }, "first")));
  expect(writes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

test.each([
  ["CRC32", "y/Q5Jg=="],
  ["CRC32C", "4waSgw=="],
  ["CRC64NVME", "rosUhgp5mIg="],
  ["SHA1", "98O8HYCOBHMq32eZZczDTKeuNEE="],
  ["SHA256", "FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU="],
] as const)("%s is computed, kept, told and compared", async (algorithm, value) => {
  const { client, bucket } = await account();
  const Bucket = await bucket("checksums");
  const member = `Checksum${algorithm}` as const;
  const ChecksumAlgorithm: ChecksumAlgorithm = algorithm;
  expect((await client.send(new PutObjectCommand({ Bucket, Key: "a", Body: "123456789", ChecksumAlgorithm })))[member]).toBe(value);
  const head = await client.send(new HeadObjectCommand({ Bucket, Key: "a", ChecksumMode: "ENABLED" }));
  expect(head).toMatchObject({ [member]: value, ChecksumType: "FULL_OBJECT" });
  await expect(client.send(new PutObjectCommand({ Bucket, Key: "b", Body: "another", [member]: value }))).rejects.toMatchObject({
    name: "BadDigest",
  });
  await expect(client.send(new HeadObjectCommand({ Bucket, Key: "b" }))).rejects.toMatchObject({ name: "NotFound" });
});

test("a copy has the content, and metadata and tags by the directives", async () => {
  const { client, bucket } = await account();
  const Bucket = await bucket("copies");
  const body = Buffer.alloc(300_000, "ab");
  await client.send(
    new PutObjectCommand({ Bucket, Key: "a b/é", Body: body, Metadata: { old: "1" }, ContentType: "text/x", Tagging: "t=1" }),
  );
  const CopySource = `${Bucket}/${encodeURIComponent("a b/é")}`;
  const copied = await client.send(new CopyObjectCommand({ Bucket, Key: "c", CopySource }));
  expect(copied.CopyObjectResult?.ETag).toMatch(/^"[0-9a-f]{32}"$/);
  expect(await client.send(new HeadObjectCommand({ Bucket, Key: "c" }))).toMatchObject({
    Metadata: { old: "1" },
    ContentType: "text/x",
    TagCount: 1,
  });
  await client.send(
    new CopyObjectCommand({
      Bucket,
      Key: "d",
      CopySource,
      MetadataDirective: "REPLACE",
      Metadata: { new: "2" },
      TaggingDirective: "REPLACE",
    }),
  );
  const replaced = await client.send(new HeadObjectCommand({ Bucket, Key: "d" }));
  expect(replaced).toMatchObject({ Metadata: { new: "2" }, ContentType: "binary/octet-stream" });
  expect(replaced.TagCount).toBeUndefined();
  await client.send(new DeleteObjectCommand({ Bucket, Key: "a b/é" }));
  expect((await textOf(client, Bucket, "c")).length).toBe(300_000);
  await expect(client.send(new CopyObjectCommand({ Bucket, Key: "c", CopySource: `${Bucket}/c` }))).rejects.toThrow(
    "This copy request is illegal because it is trying to copy an object to itself",
  );
  await expect(client.send(new CopyObjectCommand({ Bucket, Key: "e", CopySource: `${Bucket}/none` }))).rejects.toMatchObject({
    name: "NoSuchKey",
  });
});

test("headers carry what is not Latin, and a bucket of someone else's is not touched", async () => {
  const { runtime, client, bucket } = await account();
  const Bucket = await bucket("texts");
  const input = { Bucket, Key: "a", Body: "x", Metadata: { name: "日本" } };
  await runtime.invokeAsStudio({ service: "s3", operation: "PutObject", input });
  const ResponseContentDisposition = 'attachment; filename="日本.txt"';
  const got = await client.send(new GetObjectCommand({ Bucket, Key: "a", ResponseContentDisposition }));
  expect(got.Metadata).toEqual({ name: "=?UTF-8?B?5pel5pys?=" });
  expect(got.ContentDisposition).toBe('attachment; filename="%E6%97%A5%E6%9C%AC.txt"');
  await expect(client.send(new GetObjectCommand({ Bucket, Key: "a", ExpectedBucketOwner: "111111111111" }))).rejects.toMatchObject({
    name: "AccessDenied",
  });
});

test("tags are set, told and refused as AWS does", async () => {
  const { client, bucket } = await account();
  const Bucket = await bucket("tags");
  await client.send(new PutObjectCommand({ Bucket, Key: "a", Body: "1" }));
  const put = (TagSet: { Key: string; Value: string }[]) =>
    client.send(new PutObjectTaggingCommand({ Bucket, Key: "a", Tagging: { TagSet } }));
  await put([{ Key: "k", Value: "v <&>" }]);
  expect((await client.send(new GetObjectTaggingCommand({ Bucket, Key: "a" }))).TagSet).toEqual([{ Key: "k", Value: "v <&>" }]);
  await expect(put(Array.from({ length: 11 }, (_, index) => ({ Key: `k${index}`, Value: "" })))).rejects.toMatchObject({
    name: "BadRequest",
    message: "Object tags cannot be greater than 10",
  });
});

test("versions stay behind puts and deletes, and come back", async () => {
  const { client, bucket } = await account();
  const Bucket = await bucket("versions");
  await client.send(new PutObjectCommand({ Bucket, Key: "a", Body: "before" }));
  await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
  const { VersionId: first } = await client.send(new PutObjectCommand({ Bucket, Key: "a", Body: "one" }));
  const { VersionId: second } = await client.send(new PutObjectCommand({ Bucket, Key: "a", Body: "two" }));
  expect([await textOf(client, Bucket, "a"), await textOf(client, Bucket, "a", first), await textOf(client, Bucket, "a", "null")]).toEqual([
    "two",
    "one",
    "before",
  ]);
  const deleted = await client.send(new DeleteObjectCommand({ Bucket, Key: "a" }));
  expect(deleted.DeleteMarker).toBe(true);
  await expect(textOf(client, Bucket, "a")).rejects.toMatchObject({ name: "NoSuchKey" });
  await expect(textOf(client, Bucket, "a", deleted.VersionId)).rejects.toMatchObject({ name: "MethodNotAllowed" });
  const listed = await client.send(new ListObjectVersionsCommand({ Bucket }));
  expect(listed.Versions?.map(({ VersionId, IsLatest, Size }) => [VersionId, IsLatest, Size])).toEqual([
    [second, false, 3],
    [first, false, 3],
    ["null", false, 6],
  ]);
  expect(listed.DeleteMarkers).toMatchObject([{ VersionId: deleted.VersionId, IsLatest: true }]);
  await client.send(new DeleteObjectCommand({ Bucket, Key: "a", VersionId: deleted.VersionId }));
  await client.send(new DeleteObjectCommand({ Bucket, Key: "a", VersionId: second }));
  expect(await textOf(client, Bucket, "a")).toBe("one");

  await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Suspended" } }));
  await client.send(new PutObjectCommand({ Bucket, Key: "a", Body: "null again" }));
  const after = await client.send(new ListObjectVersionsCommand({ Bucket }));
  expect(after.Versions?.map(({ VersionId }) => VersionId)).toEqual(["null", first]);
  const emptied = await client.send(
    new DeleteObjectsCommand({ Bucket, Delete: { Objects: (after.Versions ?? []).map(({ Key, VersionId }) => ({ Key, VersionId })) } }),
  );
  expect(emptied.Deleted).toHaveLength(2);
  expect((await client.send(new ListObjectVersionsCommand({ Bucket }))).Versions ?? []).toEqual([]);
});

test("a list of versions goes on where it ended, within a key too", async () => {
  const { client, bucket } = await account();
  const Bucket = await bucket("pages");
  await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
  for (const Key of ["a", "a", "a", "b/1", "b/2", "c"]) await client.send(new PutObjectCommand({ Bucket, Key, Body: "x" }));
  const seen: string[] = [];
  let marker: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } = {};
  for (;;) {
    const page = await client.send(new ListObjectVersionsCommand({ Bucket, MaxKeys: 2, Delimiter: "/", ...marker }));
    seen.push(...(page.Versions ?? []).map(({ Key = "" }) => Key), ...(page.CommonPrefixes ?? []).map(({ Prefix = "" }) => Prefix));
    if (!page.IsTruncated) break;
    marker = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
  }
  expect(seen).toEqual(["a", "a", "a", "b/", "c"]);
});

const mebibyte = 1024 * 1024;

test("an upload in parts becomes one object, by copies too", async () => {
  const { client, bucket } = await account();
  const Bucket = await bucket("parts");
  const large = Buffer.alloc(5 * mebibyte, "0123456789");
  await client.send(new PutObjectCommand({ Bucket, Key: "source", Body: large }));
  const { UploadId } = await client.send(
    new CreateMultipartUploadCommand({ Bucket, Key: "whole", ContentType: "text/plain", ChecksumAlgorithm: "CRC32" }),
  );
  const upload = { Bucket, Key: "whole", UploadId };
  const one = await client.send(new UploadPartCommand({ ...upload, PartNumber: 1, Body: large, ChecksumAlgorithm: "CRC32" }));
  const two = await client.send(new UploadPartCopyCommand({ ...upload, PartNumber: 2, CopySource: `${Bucket}/source` }));
  const three = await client.send(new UploadPartCommand({ ...upload, PartNumber: 3, Body: "the end", ChecksumAlgorithm: "CRC32" }));
  expect((await client.send(new ListPartsCommand(upload))).Parts?.map(({ PartNumber, Size }) => [PartNumber, Size])).toEqual([
    [1, large.length],
    [2, large.length],
    [3, 7],
  ]);
  const Parts = [
    { PartNumber: 1, ETag: one.ETag, ChecksumCRC32: one.ChecksumCRC32 },
    { PartNumber: 2, ETag: two.CopyPartResult?.ETag },
    { PartNumber: 3, ETag: three.ETag },
  ];
  const complete = (parts: object[]) => client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts: parts } }));
  await expect(complete([...Parts].reverse())).rejects.toMatchObject({ name: "InvalidPartOrder" });
  await expect(
    complete([
      { PartNumber: 3, ETag: three.ETag },
      { PartNumber: 9, ETag: '"x"' },
    ]),
  ).rejects.toMatchObject({ name: "InvalidPart" });
  const done = await complete(Parts);
  expect(done.ETag).toMatch(/^"[0-9a-f]{32}-3"$/);
  expect(done.ChecksumCRC32).toMatch(/-3$/);
  expect(await client.send(new HeadObjectCommand({ Bucket, Key: "whole", PartNumber: 3 }))).toMatchObject({
    ContentLength: 7,
    PartsCount: 3,
  });
  const { Body } = await client.send(
    new GetObjectCommand({ Bucket, Key: "whole", Range: `bytes=${large.length - 2}-${large.length + 1}` }),
  );
  expect(await Body?.transformToString()).toBe(`${large.subarray(-2).toString()}01`);
  expect(
    await client.send(new GetObjectAttributesCommand({ Bucket, Key: "whole", ObjectAttributes: ["ObjectParts", "ObjectSize"] })),
  ).toMatchObject({ ObjectSize: 2 * large.length + 7, ObjectParts: { TotalPartsCount: 3 } });
  await expect(client.send(new ListPartsCommand(upload))).rejects.toMatchObject({ name: "NoSuchUpload" });
});

test("small parts, empty uploads and aborted ones are refused in AWS's words", async () => {
  const { client, bucket } = await account();
  const Bucket = await bucket("refused");
  const { UploadId } = await client.send(new CreateMultipartUploadCommand({ Bucket, Key: "k" }));
  const upload = { Bucket, Key: "k", UploadId };
  const parts = await Promise.all([1, 2].map((PartNumber) => client.send(new UploadPartCommand({ ...upload, PartNumber, Body: "tiny" }))));
  const Parts = parts.map(({ ETag }, index) => ({ PartNumber: index + 1, ETag }));
  await expect(client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }))).rejects.toMatchObject({
    name: "EntityTooSmall",
  });
  await expect(client.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts: [] } }))).rejects.toMatchObject({
    name: "MalformedXML",
  });
  await client.send(new AbortMultipartUploadCommand(upload));
  await expect(client.send(new UploadPartCommand({ ...upload, PartNumber: 1, Body: "x" }))).rejects.toMatchObject({ name: "NoSuchUpload" });
});

test("who reads an object reads it to its end, whatever becomes of it meanwhile", async () => {
  const { client, bucket } = await account();
  const Bucket = await bucket("read");
  const size = 20 * mebibyte;
  await client.send(new PutObjectCommand({ Bucket, Key: "a", Body: Buffer.alloc(size, "a") }));
  const readers = await Promise.all([1, 2].map(() => client.send(new GetObjectCommand({ Bucket, Key: "a" }))));
  await client.send(new PutObjectCommand({ Bucket, Key: "a", Body: Buffer.alloc(size, "b") }));
  await client.send(new DeleteObjectCommand({ Bucket, Key: "a" }));
  for (const { Body } of readers) {
    const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array(0);
    expect([bytes.length, bytes[0], bytes.at(-1)]).toEqual([size, 97, 97]);
  }
});

test("the older list pages by marker", async () => {
  const { client, bucket } = await account();
  const Bucket = await bucket("older");
  for (const Key of ["a", "b/1", "b/2", "c"]) await client.send(new PutObjectCommand({ Bucket, Key, Body: "-" }));
  const page = await client.send(new ListObjectsCommand({ Bucket, Delimiter: "/", MaxKeys: 2 }));
  expect(page).toMatchObject({ IsTruncated: true, NextMarker: "b/", Contents: [{ Key: "a" }], CommonPrefixes: [{ Prefix: "b/" }] });
  const rest = await client.send(new ListObjectsCommand({ Bucket, Delimiter: "/", Marker: page.NextMarker }));
  expect(rest.Contents?.map(({ Key }) => Key)).toEqual(["c"]);
});
