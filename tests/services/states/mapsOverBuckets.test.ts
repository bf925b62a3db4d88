// Distributed Maps that read their items from buckets and write their results there.
import { gzipSync } from "node:zlib";
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateFunctionCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { DescribeMapRunCommand, ListMapRunsCommand, RedriveExecutionCommand } from "@aws-sdk/client-sfn";
import { expect, onTestFinished, test } from "vitest";
import { createRuntime } from "../../../src/runtime/index.ts";
import { clientOptions } from "../../support/runtime.ts";
import { zip } from "../lambda/lambdaRuntime.ts";
import { Machines, role, statesClient } from "./statesRuntime.ts";

const bucket = "data";
const pass = { StartAt: "P", States: { P: { Type: "Pass", End: true } } };

async function account() {
  const runtime = await createRuntime({ seed: 1 });
  onTestFinished(() => runtime.close());
  const s3 = new S3Client({ ...clientOptions(runtime), forcePathStyle: true });
  onTestFinished(() => s3.destroy());
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  const client = statesClient(runtime);
  return {
    runtime,
    client,
    machines: new Machines(client),
    put: (Key: string, Body: string | Buffer) => s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body })),
    async text(Key: string) {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
      return (await Body?.transformToString()) ?? "";
    },
    async keys() {
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket }));
      return Contents.map(({ Key = "" }) => Key);
    },
  };
}

/** A machine of one distributed Map. */
function map(fields: object, processor: object = pass) {
  return {
    StartAt: "Each",
    States: {
      Each: {
        Type: "Map",
        ItemProcessor: { ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" }, ...processor },
        End: true,
        ...fields,
      },
    },
  };
}

function reader(config: object, parameters: object, operation = "getObject") {
  return {
    ItemReader: { Resource: `arn:aws:states:::s3:${operation}`, ReaderConfig: config, Parameters: { Bucket: bucket, ...parameters } },
  };
}

test("items are read from JSON, JSON lines, CSV in its forms, lists of objects and inventories", async () => {
  const { machines, put } = await account();
  const run = async (name: string, fields: object): Promise<unknown> => {
    const ended = await machines.ended(await machines.start(await machines.create(name, map(fields))));
    return ended.status === "SUCCEEDED" ? JSON.parse(ended.output ?? "null") : `${ended.error}: ${ended.cause}`;
  };
  await put("in/list.json", '[1, {"a": 2.50}]');
  expect(await run("json", reader({ InputType: "JSON" }, { Key: "in/list.json" }))).toEqual([1, { a: 2.5 }]);
  await put("in/lines.jsonl", '{"a":1}\n\n{"a":2}\r\n');
  expect(await run("jsonl", reader({ InputType: "JSONL" }, { Key: "in/lines.jsonl" }))).toEqual([{ a: 1 }, { a: 2 }]);
  await put("in/rows.csv", 'id;name\n1;"An; B"\n2;C\n');
  expect(
    await run("csv", reader({ InputType: "CSV", CSVHeaderLocation: "FIRST_ROW", CSVDelimiter: "SEMICOLON" }, { Key: "in/rows.csv" })),
  ).toEqual([
    { id: "1", name: "An; B" },
    { id: "2", name: "C" },
  ]);
  const given = { InputType: "CSV", CSVHeaderLocation: "GIVEN", CSVHeaders: ["userId", "movieId", "rating", "timestamp"], MaxItems: 1 };
  await put("in/ratings.csv", "1,307,3.5,1256677221\n1,481,3.5,1256677456\n");
  const [row] = (await run("given", reader(given, { Key: "in/ratings.csv" }))) as object[];
  expect(JSON.stringify(row)).toBe('{"rating":"3.5","movieId":"307","userId":"1","timestamp":"1256677221"}');
  expect(await run("objects", reader({}, { Prefix: "in/l" }, "listObjectsV2"))).toEqual([
    expect.objectContaining({ Key: "in/lines.jsonl", Size: 18, StorageClass: "STANDARD", Etag: expect.stringMatching(/^".{32}"$/) }),
    expect.objectContaining({ Key: "in/list.json" }),
  ]);
  await put("inventory/part.csv.gz", gzipSync('"data","in/list.json","16"\n'));
  await put(
    "inventory/manifest.json",
    JSON.stringify({
      sourceBucket: bucket,
      destinationBucket: `arn:aws:s3:::${bucket}`,
      fileFormat: "CSV",
      fileSchema: "Bucket, Key, Size",
      files: [{ key: "inventory/part.csv.gz" }],
    }),
  );
  expect(await run("inventory", reader({ InputType: "MANIFEST" }, { Key: "inventory/manifest.json" }))).toEqual([
    { Bucket: "data", Key: "in/list.json", Size: "16" },
  ]);
  await put("many/1.jsonl", '{"n":1}\n{"n":2}');
  await put("many/2.jsonl", '{"n":3}');
  const loaded = { InputType: "JSONL", Transformation: "LOAD_AND_FLATTEN", MaxItems: 3 };
  expect(await run("loaded", reader(loaded, { Prefix: "many/" }, "listObjectsV2"))).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
  await put("athena.csv", '"s3://data/many/2.jsonl"\n"s3://data/many/1.jsonl"\n');
  expect(await run("athena", reader({ InputType: "JSONL", ManifestType: "ATHENA_DATA" }, { Key: "athena.csv" }))).toEqual([
    { n: 3 },
    { n: 1 },
    { n: 2 },
  ]);
  expect(await run("absent", reader({ InputType: "JSON" }, { Key: "none" }))).toMatch(
    /^States\.ItemReaderFailed: The specified key does not exist\. \(Service: S3, Status Code: 404, Request ID: .+\)$/,
  );
  await put("in/big.json", JSON.stringify(Array.from({ length: 2_000 }, (_, index) => "x".repeat(200) + index)));
  expect(await run("big", reader({ InputType: "JSON", MaxItems: 2 }, { Key: "in/big.json" }))).toHaveLength(2);
});

test("results are written under the Map run's id, with a manifest that names the files", async () => {
  const { machines, keys, text } = await account();
  const writer = { ResultWriter: { Resource: "arn:aws:states:::s3:putObject", Parameters: { Bucket: bucket, Prefix: "out" } } };
  const ended = await machines.ended(await machines.start(await machines.create("written", map(writer)), [{ n: 1 }, { n: 2 }]));
  const { MapRunArn: arn, ResultWriterDetails: details } = JSON.parse(ended.output ?? "{}");
  const folder = `out/${arn.slice(arn.lastIndexOf(":") + 1)}`;
  expect(details).toEqual({ Bucket: bucket, Key: `${folder}/manifest.json` });
  expect(await keys()).toEqual([`${folder}/SUCCEEDED_0.json`, `${folder}/manifest.json`]);

  const written = await text(`${folder}/SUCCEEDED_0.json`);
  expect(JSON.parse(await text(details.Key))).toEqual({
    DestinationBucket: bucket,
    MapRunArn: arn,
    ResultFiles: { FAILED: [], PENDING: [], SUCCEEDED: [{ Key: `${folder}/SUCCEEDED_0.json`, Size: written.length }] },
  });
  expect(JSON.parse(written)).toMatchObject([
    {
      ExecutionArn: expect.stringContaining(":execution:written/"),
      Input: '{"n":1}',
      InputDetails: { Included: true },
      Output: '{"n":1}',
      OutputDetails: { Included: true },
      RedriveCount: 0,
      RedriveStatus: "NOT_REDRIVABLE",
      RedriveStatusReason: "Execution is SUCCEEDED and cannot be redriven",
      Status: "SUCCEEDED",
    },
    { Input: '{"n":2}' },
  ]);

  const lines = { ResultWriter: { ...writer.ResultWriter, WriterConfig: { Transformation: "FLATTEN", OutputType: "JSONL" } } };
  const flat = await machines.ended(await machines.start(await machines.create("flat", map(lines)), [[1, 2], [3]]));
  const manifest = JSON.parse(await text(JSON.parse(flat.output ?? "{}").ResultWriterDetails.Key));
  expect(await text(manifest.ResultFiles.SUCCEEDED[0].Key)).toBe("1\n2\n3");

  const nowhere = { ResultWriter: { Resource: "arn:aws:states:::s3:putObject", Parameters: { Bucket: "nowhere" } } };
  expect(await machines.ended(await machines.start(await machines.create("nowhere", map(nowhere)), [1]))).toMatchObject({
    status: "FAILED",
    error: "States.ResultWriterFailed",
    cause: expect.stringMatching(/^The specified bucket does not exist \(Service: S3, Status Code: 404, Request ID: /),
  });
});

test("a Map run that fails tells in files what failed and what was not begun", async () => {
  const { machines, keys, text } = await account();
  const failing = { StartAt: "F", States: { F: { Type: "Fail", Error: "Broken", Cause: "as told" } } };
  const fields = {
    MaxConcurrency: 1,
    ResultWriter: { Resource: "arn:aws:states:::s3:putObject", Parameters: { Bucket: bucket, Prefix: "out/" } },
  };
  const ended = await machines.ended(await machines.start(await machines.create("failing", map(fields, failing)), [1, 2, 3]));
  expect(ended).toMatchObject({ status: "FAILED", error: "States.ExceedToleratedFailureThreshold" });
  const [failed = "", pending = ""] = (await keys()).filter((key) => !key.endsWith("manifest.json"));
  expect(JSON.parse(await text(failed))).toMatchObject([
    { Cause: "as told", Error: "Broken", Input: "1", Status: "FAILED", RedriveStatus: "REDRIVABLE_BY_MAP_RUN" },
  ]);
  expect(JSON.parse(await text(pending))).toMatchObject([
    { Input: "2", Status: "PENDING" },
    { Input: "3", Status: "PENDING" },
  ]);
});

test("a redrive does the failed batches again, and only those", async () => {
  const { runtime, client, machines, put, text } = await account();
  const lambda = new LambdaClient(clientOptions(runtime));
  onTestFinished(() => lambda.destroy());
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: "work",
      Runtime: "nodejs24.x",
      Handler: "index.handler",
      Role: role,
      Code: {
        ZipFile: zip(`
          import { S3Client, GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
          const s3 = new S3Client({ forcePathStyle: true });
          export const handler = async ({ Items }) => {
            const name = "done/" + Items.join("-");
            const before = await s3.send(new GetObjectCommand({ Bucket: "data", Key: name })).then(({ Body }) => Body.transformToString(), () => "");
            await s3.send(new PutObjectCommand({ Bucket: "data", Key: name, Body: before + "x" }));
            if (before === "" && Items.includes(3)) throw new Error("not yet");
            return Items.length;
          };
        `),
      },
    }),
  );
  await put("in.json", "[1,2,3,4,5]");
  const work = {
    StartAt: "W",
    States: {
      W: {
        Type: "Task",
        Resource: "arn:aws:states:::lambda:invoke",
        Parameters: { FunctionName: "work", "Payload.$": "$" },
        OutputPath: "$.Payload",
        End: true,
      },
    },
  };
  const fields = {
    ...reader({ InputType: "JSON" }, { Key: "in.json" }),
    ItemBatcher: { MaxItemsPerBatch: 2 },
    MaxConcurrency: 1,
    ResultWriter: { Resource: "arn:aws:states:::s3:putObject", Parameters: { Bucket: bucket, Prefix: "out" } },
  };
  const executionArn = await machines.start(await machines.create("redriven", map(fields, work)));
  expect(await machines.ended(executionArn)).toMatchObject({ status: "FAILED", error: "States.ExceedToleratedFailureThreshold" });

  await client.send(new RedriveExecutionCommand({ executionArn }));
  const ended = await machines.ended(executionArn);
  expect(ended.status).toBe("SUCCEEDED");
  expect([await text("done/1-2"), await text("done/3-4"), await text("done/5")]).toEqual(["x", "xx", "x"]);
  const { mapRuns = [] } = await client.send(new ListMapRunsCommand({ executionArn }));
  const described = await client.send(new DescribeMapRunCommand({ mapRunArn: mapRuns[0]?.mapRunArn }));
  expect(described).toMatchObject({
    status: "SUCCEEDED",
    itemCounts: { total: 5, succeeded: 5, failed: 0, pending: 0, resultsWritten: 5 },
  });
  const manifest = JSON.parse(await text(JSON.parse(ended.output ?? "{}").ResultWriterDetails.Key));
  expect(manifest.ResultFiles).toMatchObject({ FAILED: [], PENDING: [], SUCCEEDED: [{ Size: expect.any(Number) }] });
  const results = JSON.parse(await text(manifest.ResultFiles.SUCCEEDED[0].Key));
  expect(results.map(({ Output }: { Output: string }) => Output)).toEqual(["2", "2", "1"]);
});

test("aws-sdk:s3 gives contents as text and errors by S3's names", async () => {
  const { machines, put } = await account();
  await put("a.json", '{"a":1}');
  const task = (operation: string, Parameters: object, more: object) => ({
    Type: "Task",
    Resource: `arn:aws:states:::aws-sdk:s3:${operation}`,
    Parameters: { Bucket: bucket, ...Parameters },
    ...more,
  });
  const arn = await machines.create("sdk", {
    StartAt: "Put",
    States: {
      Put: task(
        "putObject",
        { Key: "b.json", Body: { "from.$": "$.who" }, ContentType: "application/json" },
        { ResultPath: "$.put", Next: "Get" },
      ),
      Get: task("getObject", { Key: "b.json" }, { ResultPath: "$.got", Next: "List" }),
      List: task("listObjectsV2", {}, { ResultPath: "$.listed", Next: "Delete" }),
      Delete: task("deleteObject", { Key: "a.json" }, { ResultPath: "$.deleted", Next: "Missing" }),
      Missing: task(
        "getObject",
        { Key: "a.json" },
        { Catch: [{ ErrorEquals: ["S3.NoSuchKeyException"], ResultPath: "$.missing", Next: "End" }], End: true },
      ),
      End: { Type: "Succeed" },
    },
  });
  const ended = await machines.ended(await machines.start(arn, { who: "states" }));
  expect(JSON.parse(ended.output ?? "{}")).toMatchObject({
    put: { ETag: expect.stringMatching(/^"[0-9a-f]{32}"$/), ServerSideEncryption: "AES256" },
    got: { Body: '{"from":"states"}', ContentLength: 17, ContentType: "application/json", LastModified: expect.stringMatching(/Z$/) },
    listed: { KeyCount: 2, Contents: [{ Key: "a.json" }, { Key: "b.json" }] },
    missing: {
      Error: "S3.NoSuchKeyException",
      Cause: expect.stringContaining("The specified key does not exist. (Service: S3, Status Code: 404"),
    },
  });
});
