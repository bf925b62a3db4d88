// What a person may do to data: AWS operations, sent through the same door as everything else.
import { isJsonObject, type Json, type JsonObject } from "../../model/json.ts";
import { StudioError } from "../../model/studioApi.ts";
import { call } from "../app/api.ts";
import { attempt, notify } from "../app/stores/notices.ts";
import { useRun } from "../app/stores/run.ts";
import { isTypedItem, typedItem, typedLike } from "../editors/json/plainItem.ts";

export interface DataResource {
  readonly service: string;
  readonly name: string;
  readonly region: string;
}

/** Says whether it worked; if not, a notice has said why. */
async function operate(what: string, resource: DataResource, operation: string, input: JsonObject): Promise<JsonObject | undefined> {
  return attempt(what, async () => {
    const answer = await call("request.operation", { service: resource.service, operation, region: resource.region, input });
    if (answer.error !== null) throw new StudioError(answer.error.code, `${answer.error.code}: ${answer.error.message}`);
    return isJsonObject(answer.output) ? answer.output : {};
  });
}

/** `before` as the view showed it; null for a new item. */
export async function putItem(table: DataResource, item: JsonObject, before: JsonObject | null): Promise<boolean> {
  const whole = isTypedItem(item) ? item : before === null ? typedItem(item) : await typedAsBefore(table, item, before);
  return whole !== undefined && (await operate("Save the item", table, "PutItem", { TableName: table.name, Item: whole })) !== undefined;
}

/** Views show plain JSON, which does not tell a set from a list: the item's own types are read before it is written. */
async function typedAsBefore(table: DataResource, item: JsonObject, before: JsonObject): Promise<JsonObject | undefined> {
  const key = await keyOf(table, before);
  if (key === undefined) return undefined;
  const output = await operate("Read the item", table, "GetItem", { TableName: table.name, Key: key });
  const stored: Json = output?.["Item"] ?? null;
  return output === undefined ? undefined : isJsonObject(stored) ? typedLike(item, stored) : typedItem(item);
}

export async function deleteItem(table: DataResource, item: JsonObject): Promise<boolean> {
  const key = await keyOf(table, item);
  return key !== undefined && (await operate("Delete the item", table, "DeleteItem", { TableName: table.name, Key: key })) !== undefined;
}

async function keyOf(table: DataResource, item: JsonObject): Promise<JsonObject | undefined> {
  const types = await keyTypesOf(table);
  if (types === undefined) return undefined;
  const whole = isTypedItem(item) ? item : typedItem(item);
  // A long number is text in plain JSON: the table says what the key is.
  const key: JsonObject = {};
  for (const [name, type] of types) {
    const value = whole[name];
    if (isJsonObject(value)) key[name] = { [type]: Object.values(value)[0] ?? null };
  }
  return key;
}

const keysOfTables = new Map<string, ReadonlyMap<string, string>>();

/** Types of the table's key attributes by name, asked once per table. */
async function keyTypesOf(table: DataResource): Promise<ReadonlyMap<string, string> | undefined> {
  const known = keysOfTables.get(`${table.region} ${table.name}`);
  if (known !== undefined) return known;
  const output = await operate("Read the table's key", table, "DescribeTable", { TableName: table.name });
  const described: Json = output?.["Table"] ?? null;
  if (!isJsonObject(described)) return undefined;
  const types = new Map(listOf(described["AttributeDefinitions"]).map((one) => [one["AttributeName"], String(one["AttributeType"])]));
  const keys = new Map(listOf(described["KeySchema"]).map((key) => [String(key["AttributeName"]), types.get(key["AttributeName"] ?? null) ?? "S"]));
  keysOfTables.set(`${table.region} ${table.name}`, keys);
  return keys;
}

function listOf(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

export async function sendMessage(queue: DataResource, body: string): Promise<boolean> {
  const fifo: JsonObject = queue.name.endsWith(".fifo") ? { MessageGroupId: "studio", MessageDeduplicationId: crypto.randomUUID() } : {};
  return (await operate("Send the message", queue, "SendMessage", { QueueUrl: queueUrl(queue), MessageBody: body, ...fifo })) !== undefined;
}

export async function purgeQueue(queue: DataResource): Promise<boolean> {
  return (await operate("Purge the queue", queue, "PurgeQueue", { QueueUrl: queueUrl(queue) })) !== undefined;
}

function queueUrl(queue: DataResource): string {
  const { run } = useRun.getState();
  return run.type === "running" ? `${run.endpoint}/${run.accountId}/${queue.name}` : queue.name;
}

/** `/*` empties the whole cache. */
export async function invalidate(distribution: DataResource, path: string): Promise<boolean> {
  const output = await operate("Invalidate", distribution, "CreateInvalidation", {
    DistributionId: distribution.name,
    InvalidationBatch: { Paths: { Quantity: 1, Items: [path] }, CallerReference: crypto.randomUUID() },
  });
  if (output !== undefined) notify({ tone: "ok", title: `Invalidated ${path}`, detail: "The next request for it goes to the origin." });
  return output !== undefined;
}

