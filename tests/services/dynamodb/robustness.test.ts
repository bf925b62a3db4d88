import { GetItemCommand, PutItemCommand, QueryCommand, ScanCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { AttributeValue, Item } from "../../../src/runtime/services/dynamodb/attributeValue.ts";
import { isSameItem, readItem } from "../../../src/runtime/services/dynamodb/attributeValue.ts";
import { addNumbers, canonicalNumber, compareNumbers, encodeNumber } from "../../../src/runtime/services/dynamodb/numbers.ts";
import { parseItem, writeItem } from "../../../src/runtime/services/dynamodb/storedItem.ts";
import { account } from "./account.ts";

async function table() {
  const { runtime, client, create } = await account();
  await create("things", "pk:S sk:N");
  return { runtime, client };
}

const number = fc
  .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 38n - 1n }), fc.integer({ min: -80, max: 80 }))
  .map(([isNegative, digits, exponent]) => `${isNegative ? "-" : ""}${digits}e${exponent}`);

test("encoded numbers compare as the numbers do, and the canonical form says the same number", () => {
  const exact = (text: string): bigint => {
    const [digits = "0", exponent = "0"] = text.split("e");
    return BigInt(digits) * 10n ** BigInt(Number(exponent) + 80);
  };
  fc.assert(
    fc.property(number, number, (a, b) => {
      const [x, y] = [exact(a), exact(b)];
      expect(Math.sign(Buffer.compare(encodeNumber(a), encodeNumber(b)))).toBe(x < y ? -1 : x > y ? 1 : 0);
      expect(compareNumbers(canonicalNumber(a), a)).toBe(0);
      expect(canonicalNumber(canonicalNumber(a))).toBe(canonicalNumber(a));
    }),
  );
});

test("sums of numbers are exact", () => {
  const cents = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n });
  fc.assert(
    fc.property(cents, cents, (a, b) => {
      expect(canonicalNumber(`${addNumbers(canonicalNumber(`${a}e-4`), canonicalNumber(`${b}e-4`), 1)}`)).toBe(
        canonicalNumber(`${a + b}e-4`),
      );
      expect(addNumbers(canonicalNumber(String(a)), canonicalNumber(String(b)), -1)).toBe(canonicalNumber(String(a - b)));
    }),
  );
});

const scalar: fc.Arbitrary<AttributeValue> = fc.oneof(
  fc.string({ unit: "binary" }).map((S) => ({ S })),
  number.map((N) => ({ N: canonicalNumber(N) })),
  fc.uint8Array().map((B) => ({ B })),
  fc.boolean().map((BOOL) => ({ BOOL })),
  fc.constant<AttributeValue>({ NULL: true }),
  fc.uniqueArray(fc.string(), { minLength: 1 }).map((SS) => ({ SS })),
);
const name = fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom("__proto__", "constructor", "B", "BS", "M", "L", "toString"));
const { value } = fc.letrec<{ value: AttributeValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    scalar,
    fc.array(tie("value"), { maxLength: 4 }).map((L) => ({ L })),
    fc.dictionary(name, tie("value"), { maxKeys: 4 }).map((M) => ({ M })),
  ),
}));

test("an item is read back as it was written, whatever is in it", () => {
  fc.assert(
    fc.property(fc.dictionary(name, value, { maxKeys: 6 }), (given) => {
      const item: Item = readItem(given);
      expect(isSameItem(parseItem(writeItem(item)), item)).toBe(true);
    }),
  );
});

test("attributes may have any name", async () => {
  const { client } = await table();
  const Key = { pk: { S: "a" }, sk: { N: "1" } };
  await client.send(
    new UpdateItemCommand({
      TableName: "things",
      Key,
      UpdateExpression: "SET #p = :v, toString = :v, #e = :v",
      ExpressionAttributeNames: { "#p": "__proto__", "#e": "a.b[0]" },
      ExpressionAttributeValues: { ":v": { S: "x" } },
    }),
  );
  const found = await client.send(
    new ScanCommand({ TableName: "things", FilterExpression: "attribute_exists(toString) AND attribute_not_exists(valueOf)" }),
  );
  expect(found.Count).toBe(1);
  const read = await client.send(
    new GetItemCommand({ TableName: "things", Key, ProjectionExpression: "#e", ExpressionAttributeNames: { "#e": "a.b[0]" } }),
  );
  expect(read.Item).toEqual({ "a.b[0]": { S: "x" } });
});

test.each([
  "(".repeat(2000),
  `${"NOT ".repeat(1000)}a = :v`,
  `${"size(".repeat(700)}a`,
  `${"(".repeat(1300)}a = :v${")".repeat(1300)}`,
  "\u0000",
  "a = :v AND 😀",
  "a[99999999999999999999] = :v",
  "a[-1] = :v",
  "a..b = :v",
])("a hostile expression is refused quickly: %#", async (FilterExpression) => {
  const { client } = await table();
  await client.send(new PutItemCommand({ TableName: "things", Item: { pk: { S: "a" }, sk: { N: "1" } } }));
  const scan = client.send(new ScanCommand({ TableName: "things", FilterExpression, ExpressionAttributeValues: { ":v": { N: "1" } } }));
  const outcome = await scan.then(
    (answer) => ({ name: "answered", count: answer.Count }),
    (error: Error) => ({ name: error.name }),
  );
  expect(["ValidationException", "answered"]).toContain(outcome.name);
});

test("keys of any bytes are found and sorted", async () => {
  const { client } = await table();
  const sks = ["-1e125", "-12.5", "-12.4999", "0", "1e-130", "0.1", "9", "10", "1e3", "99999999999999999999999999999999999999", "1e125"];
  for (const sk of sks.toReversed())
    await client.send(new PutItemCommand({ TableName: "things", Item: { pk: { S: "a\u0000b" }, sk: { N: sk } } }));
  await client.send(new PutItemCommand({ TableName: "things", Item: { pk: { S: "a" }, sk: { N: "1" } } }));
  const { Items = [] } = await client.send(
    new QueryCommand({
      TableName: "things",
      KeyConditionExpression: "(pk = :p) and (sk between :l and :h)",
      ExpressionAttributeValues: { ":p": { S: "a\u0000b" }, ":l": { N: "-1e125" }, ":h": { N: "1e125" } },
    }),
  );
  expect(Items.map((item) => item["sk"]?.N)).toEqual(sks.map(canonicalNumber));
});

test.each([
  [{ TableName: "things", Item: { pk: { S: 1 }, sk: { N: "1" } } }],
  [{ TableName: "things", Item: { pk: { S: "a" }, sk: { N: 1 } } }],
  [{ TableName: "things", Item: [] }],
  [{ TableName: "things", Item: { pk: "a" } }],
  [{ TableName: 5 }],
  [{ TableName: "things", Item: { pk: { S: "a" }, sk: { N: "1" }, x: {} } }],
  [{ TableName: "things", Item: { pk: { S: "a" }, sk: { N: "1" }, x: { S: "a", N: "1" } } }],
  [{ TableName: "things", Item: { pk: { S: "a" }, sk: { N: "1" }, x: { SS: [] } } }],
])("a body of the wrong shape is the caller's fault: %#", async (body) => {
  const { runtime } = await table();
  const response = await fetch(runtime.endpoint, {
    method: "POST",
    headers: { "content-type": "application/x-amz-json-1.0", "x-amz-target": "DynamoDB_20120810.PutItem" },
    body: JSON.stringify(body),
  });
  expect(response.status).toBe(400);
  expect((await response.json()) as object).toMatchObject({
    __type: expect.stringMatching(/#(ValidationException|SerializationException)$/),
  });
});
