import { isJsonObject, type Json, type JsonObject } from "../../../model/json.ts";
import { AwsError } from "../../kernel/awsError.ts";
import type { Call } from "../../kernel/service.ts";
import type { Cluster, Clusters } from "./clusters.ts";

// What a cluster does with a request: answers from its caches, or asks DynamoDB and remembers.

const passedOn: readonly string[] = ["TransactGetItems", "TransactWriteItems"];

export async function accelerate(clusters: Clusters, cluster: Cluster, operation: string, input: JsonObject, call: Call): Promise<Json> {
  const through = async (): Promise<Json> => wire(await call.invoke("dynamodb", operation, input));
  switch (operation) {
    case "GetItem":
      return input["ConsistentRead"] === true ? through() : remembered(clusters, cluster, "item", itemKeyOf(input), call, through);
    case "BatchGetItem":
      return through();
    case "Query":
    case "Scan":
      return input["ConsistentRead"] === true
        ? through()
        : remembered(clusters, cluster, "query", `${operation} ${JSON.stringify(sorted(input))}`, call, through);
    case "PutItem":
    case "UpdateItem":
    case "DeleteItem":
    case "BatchWriteItem":
      return write(clusters, cluster, operation, input, call, through);
    default:
      if (passedOn.includes(operation)) return through();
      throw new AwsError(
        "ValidationException",
        `A DAX cluster does not answer ${operation}: it reads and writes items. Send it to DynamoDB's own endpoint.`,
      );
  }
}

/** From a cache, or from DynamoDB and into the cache. */
async function remembered(
  clusters: Clusters,
  cluster: Cluster,
  kind: "item" | "query",
  key: string,
  call: Call,
  through: () => Promise<Json>,
): Promise<Json> {
  const cache = kind === "item" ? cluster.items : cluster.queries;
  const found = cache.find(key, call.now());
  call.log({ at: call.now(), level: "info", message: `${kind} cache: ${found ? "hit" : "miss"}` });
  if (found) return found.answer;
  const answer = await through();
  cache.store(key, answer, call.now(), clusters.ttls(cluster)[kind]);
  return answer;
}

function itemKeyOf({ TableName, Key, ProjectionExpression, ExpressionAttributeNames, AttributesToGet }: JsonObject): string {
  const key = itemKey(TableName, isJsonObject(Key) ? Key : {});
  const asked = [ProjectionExpression, ExpressionAttributeNames, AttributesToGet].filter((member) => member !== undefined);
  // What a projection leaves out is not there for others.
  return asked.length === 0 ? key : `${key} ${JSON.stringify(asked)}`;
}

/** DynamoDB first, then the item cache. Answers of queries stay as they are until their time is over, as on AWS. */
async function write(
  clusters: Clusters,
  cluster: Cluster,
  operation: string,
  input: JsonObject,
  call: Call,
  through: () => Promise<Json>,
): Promise<Json> {
  const answer = await through();
  const ttl = clusters.ttls(cluster).item;
  const put = async (table: Json | undefined, item: JsonObject): Promise<void> => {
    const names = await keysOf(cluster, String(table), call);
    const key = Object.fromEntries(names.map((name) => [name, item[name] ?? null]));
    cluster.items.store(itemKey(table, key), { Item: item }, call.now(), ttl);
  };
  const { TableName, Item, Key, RequestItems } = input;
  if (operation === "PutItem" && isJsonObject(Item)) await put(TableName, Item);
  if (isJsonObject(Key)) cluster.items.delete(itemKey(TableName, Key));
  if (!isJsonObject(RequestItems)) return answer;
  for (const [table, requests] of Object.entries(RequestItems)) {
    for (const request of Array.isArray(requests) ? requests.filter(isJsonObject) : []) {
      const { PutRequest, DeleteRequest } = request;
      if (isJsonObject(PutRequest) && isJsonObject(PutRequest["Item"])) await put(table, PutRequest["Item"]);
      if (isJsonObject(DeleteRequest) && isJsonObject(DeleteRequest["Key"])) cluster.items.delete(itemKey(table, DeleteRequest["Key"]));
    }
  }
  return answer;
}

/** Asked once: a table with another key is another table. */
async function keysOf({ keyNames }: Cluster, table: string, call: Call): Promise<readonly string[]> {
  const known = keyNames.get(table);
  if (known) return known;
  const described = await call.invoke<{ Table?: { KeySchema?: { AttributeName?: string }[] } }>("dynamodb", "DescribeTable", {
    TableName: table,
  });
  const names = (described.Table?.KeySchema ?? []).flatMap((key) => key.AttributeName ?? []);
  keyNames.set(table, names);
  return names;
}

function itemKey(table: Json | undefined, key: JsonObject): string {
  return `${String(table)} ${JSON.stringify(sorted(key))}`;
}

/** The same whatever the order in which members were sent. */
function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isJsonObject(value)) return value;
  const names = Object.keys(value).toSorted();
  return Object.fromEntries(names.map((name) => [name, sorted(value[name] ?? null)]));
}

/** As the wire has it: bytes in base64, what is absent left out. */
export function wire(value: unknown): Json {
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  if (Array.isArray(value)) return value.map(wire);
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    return Object.fromEntries(members.map(([name, member]) => [name, wire(member)]));
  }
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
}
