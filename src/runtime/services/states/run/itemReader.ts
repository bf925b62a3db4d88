// ItemReader: the items of a distributed Map that stand in S3, as JSON, JSON lines, CSV, a list of objects or an inventory.
import { parseCsv } from "../../../../model/csv.ts";
import { gunzipSync } from "node:zlib";
import { evaluateTemplate, fillTemplate } from "../../../../model/asl/expressions.ts";
import type { ItemReader, MapState } from "../../../../model/asl/definition.ts";
import { isArrayValue, isObjectValue, readValue, type ObjectValue, type Value } from "../../../../model/asl/value.ts";
import { AwsError } from "../../../kernel/awsError.ts";
import { wholeBody } from "../../../kernel/streamedBody.ts";
import { ExecutionFailure } from "./failure.ts";
import { scopeOf, type Visit } from "./flow.ts";
import { inHashOrder } from "./hashOrder.ts";
import { amountOf, type MapInput, pairsOf } from "./map.ts";

export interface ItemReading {
  readonly items: readonly Value[];
}

const readerFailed = "States.ItemReaderFailed";

export async function readItems(visit: Visit, state: MapState, input: MapInput): Promise<ItemReading> {
  const reader = state.itemReader;
  if (reader === undefined) return { items: [] };
  const scope = scopeOf(visit, state, input.given);
  const template = state.queryLanguage === "JSONata" ? reader.arguments : reader.parameters;
  const given =
    template === undefined
      ? {}
      : state.queryLanguage === "JSONata"
        ? await evaluateTemplate(template, "ItemReader/Arguments", scope)
        : fillTemplate(template, scope);
  if (!isObjectValue(given)) throw new ExecutionFailure(readerFailed, "The ItemReader's parameters are not an object.");
  const maxItems = await amountOf(reader.config.maxItems, "ReaderConfig/MaxItems", scope);
  const items = await itemsOf(visit, reader, given);
  return { items: maxItems > 0 ? items.slice(0, maxItems) : items };
}

async function itemsOf(visit: Visit, reader: ItemReader, given: ObjectValue): Promise<readonly Value[]> {
  const { config } = reader;
  const operation = reader.resource.type === "integration" ? reader.resource.operation : "";
  const bucket = textAt(given, "Bucket");
  if (operation === "listObjectsV2") {
    const listed = await listObjects(visit, given);
    if (config.transformation !== "LOAD_AND_FLATTEN") return listed;
    return flattened(listed, (object) => readFile(visit, reader, bucket, isObjectValue(object) ? textAt(object, "Key") : ""));
  }
  const key = textAt(given, "Key");
  if (config.manifestType === "ATHENA_DATA") {
    const manifest = await getObject(visit, bucket, key);
    return flattened(parseCsv(manifest.toString("utf8"), ","), ([place]) => readPlace(visit, reader, place ?? ""));
  }
  if (config.inputType === "MANIFEST" || config.manifestType === "S3_INVENTORY")
    return inventory(visit, parse((await getObject(visit, bucket, key)).toString("utf8")));
  return readFile(visit, reader, bucket, key, textAt(given, "VersionId"));
}

async function flattened<Entry>(entries: readonly Entry[], itemsIn: (entry: Entry) => Promise<readonly Value[]>): Promise<Value[]> {
  const items: Value[] = [];
  for (const entry of entries) items.push(...(await itemsIn(entry)));
  return items;
}

/** `s3://bucket/key`, as Athena lists what it wrote. */
function readPlace(visit: Visit, reader: ItemReader, place: string): Promise<readonly Value[]> {
  const [, bucket = "", key = ""] = /^s3:\/\/([^/]+)\/(.+)$/.exec(place) ?? [];
  return readFile(visit, reader, bucket, key);
}

/** The items of one file of the reader's type, unpacked where its name says that it is packed. */
async function readFile(visit: Visit, reader: ItemReader, bucket: string, key: string, versionId = ""): Promise<readonly Value[]> {
  const packed = await getObject(visit, bucket, key, versionId);
  const text = (key.endsWith(".gz") ? gunzipSync(packed) : packed).toString("utf8");
  switch (reader.config.inputType) {
    case "CSV":
      return rowsOf(text, reader);
    case "JSONL":
      return text
        .split(/\r?\n/)
        .filter((line) => line.trim() !== "")
        .map(parse);
    case "PARQUET":
      throw new ExecutionFailure(
        readerFailed,
        `Contrail does not read Parquet files locally (${key}). Give the items as JSON, JSONL or CSV.`,
      );
    case "MANIFEST":
    case "JSON":
    case undefined:
      return jsonItems(parse(text), reader.config.itemsPointer);
  }
}

function jsonItems(document: Value, pointer: string | undefined): readonly Value[] {
  let value = document;
  for (const token of pointer === undefined ? [] : pointer.split("/").slice(1)) {
    const name = token.replaceAll("~1", "/").replaceAll("~0", "~");
    const inner = isArrayValue(value) ? value[Number(name)] : isObjectValue(value) ? value[name] : undefined;
    if (inner === undefined) throw new ExecutionFailure(readerFailed, `The ItemsPointer ${String(pointer)} points to nothing in the file.`);
    value = inner;
  }
  if (isArrayValue(value)) return value;
  if (isObjectValue(value) && pointer !== undefined) return pairsOf(value);
  throw new ExecutionFailure(readerFailed, "Attempting to map over non-iterable node.");
}

const delimiters: Readonly<Record<string, string>> = { COMMA: ",", PIPE: "|", SEMICOLON: ";", SPACE: " ", TAB: "\t" };

function rowsOf(text: string, reader: ItemReader): Value[] {
  const rows = parseCsv(text, delimiters[reader.config.csvDelimiter ?? "COMMA"] ?? ",");
  const headers = reader.config.csvHeaderLocation === "FIRST_ROW" ? (rows.shift() ?? []) : (reader.config.csvHeaders ?? []);
  if (new Set(headers).size < headers.length) throw new ExecutionFailure(readerFailed, "CSV headers cannot contain duplicates.");
  return rows.map((row) => rowOf(headers, row));
}

function rowOf(headers: readonly string[], row: readonly string[]): Value {
  const fields = new Map(headers.map((header, index) => [header, row[index] ?? ""]));
  return Object.fromEntries(inHashOrder(headers).map((header) => [header, fields.get(header) ?? ""]));
}

async function listObjects(visit: Visit, given: ObjectValue): Promise<Value[]> {
  const items: Value[] = [];
  let token: string | undefined;
  do {
    const page = await callS3<{ Contents?: readonly S3Object[]; NextContinuationToken?: string }>(visit, "ListObjectsV2", {
      Bucket: textAt(given, "Bucket"),
      ...("Prefix" in given && { Prefix: textAt(given, "Prefix") }),
      ...(token !== undefined && { ContinuationToken: token }),
    });
    for (const { ETag, Key, LastModified, Size, StorageClass } of page.Contents ?? []) {
      items.push({
        Etag: ETag ?? "",
        Key: Key ?? "",
        LastModified: Math.floor(Number(LastModified ?? 0) / 1000),
        Size: Size ?? 0,
        StorageClass: StorageClass ?? "STANDARD",
      });
    }
    token = page.NextContinuationToken;
  } while (token !== undefined);
  return items;
}

interface S3Object {
  readonly ETag?: string;
  readonly Key?: string;
  readonly LastModified?: Date;
  readonly Size?: number;
  readonly StorageClass?: string;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-inventory-location.html: CSV files, perhaps packed, named by a manifest. */
async function inventory(visit: Visit, manifest: Value): Promise<Value[]> {
  if (!isObjectValue(manifest)) throw new ExecutionFailure(readerFailed, "The manifest is no JSON object.");
  const bucket = textAt(manifest, "destinationBucket").replace(/^arn:aws:s3:::/, "");
  const headers = textAt(manifest, "fileSchema")
    .split(",")
    .map((name) => name.trim());
  const files = isArrayValue(manifest["files"]) ? manifest["files"] : [];
  const items: Value[] = [];
  for (const file of files) {
    if (!isObjectValue(file)) continue;
    const key = textAt(file, "key");
    const bytes = await getObject(visit, bucket, key);
    const text = (key.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
    for (const row of parseCsv(text, ",")) items.push(rowOf(headers, row));
  }
  return items;
}

async function getObject(visit: Visit, bucket: string, key: string, versionId = ""): Promise<Buffer> {
  const { Body: body } = await callS3<{ Body?: unknown }>(visit, "GetObject", {
    Bucket: bucket,
    Key: key,
    ...(versionId !== "" && { VersionId: versionId }),
  });
  return wholeBody(body);
}

async function callS3<Output>(visit: Visit, operation: string, input: unknown): Promise<Output> {
  try {
    return await visit.call.invoke<Output>("s3", operation, input);
  } catch (error) {
    if (error instanceof AwsError)
      throw new ExecutionFailure(
        readerFailed,
        `${error.message} (Service: S3, Status Code: ${error.status}, Request ID: ${visit.run.sources.uuid()})`,
      );
    throw error;
  }
}

function parse(text: string): Value {
  try {
    return readValue(text);
  } catch (error) {
    throw new ExecutionFailure(readerFailed, `The file is no valid JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function textAt(object: ObjectValue, name: string): string {
  const value = object[name];
  return typeof value === "string" ? value : "";
}
