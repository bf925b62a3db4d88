import {
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
  type AttributeValue,
  type Condition,
  type ExpectedAttributeValue,
} from "@aws-sdk/client-dynamodb";
import { expect, test } from "vitest";
import { account } from "./account.ts";

async function table() {
  const { client, create } = await account();
  await create("orders", "customer:S number:N");
  const put = (number: number, rest: Record<string, AttributeValue> = {}, options = {}) =>
    client.send(
      new PutItemCommand({ TableName: "orders", Item: { customer: { S: "ada" }, number: { N: String(number) }, ...rest }, ...options }),
    );
  return { client, put };
}

const key = { customer: { S: "ada" }, number: { N: "1" } };

test("Expected lets a write through only when what it says holds", async () => {
  const { put } = await table();
  const write = (Expected: Record<string, ExpectedAttributeValue>, ConditionalOperator?: "AND" | "OR") =>
    put(1, { total: { N: "5" }, tags: { SS: ["a", "b"] } }, { Expected, ConditionalOperator });
  const refused = { name: "ConditionalCheckFailedException" };

  await write({ customer: { Exists: false } });
  await expect(write({ customer: { Exists: false } })).rejects.toMatchObject(refused);
  await write({ total: { Value: { N: "5.0" } } });
  await write({ total: { ComparisonOperator: "BETWEEN", AttributeValueList: [{ N: "1" }, { N: "9" }] } });
  await write({ tags: { ComparisonOperator: "CONTAINS", AttributeValueList: [{ S: "a" }] } });
  await expect(write({ tags: { ComparisonOperator: "NOT_CONTAINS", AttributeValueList: [{ S: "a" }] } })).rejects.toMatchObject(refused);
  await write({ missing: { ComparisonOperator: "NE", AttributeValueList: [{ S: "a" }] } });
  const [right, wrong]: ExpectedAttributeValue[] = [{ Value: { N: "5" } }, { ComparisonOperator: "NOT_NULL" }];
  if (!right || !wrong) throw new Error("There are two conditions");
  await expect(write({ total: right, missing: wrong })).rejects.toMatchObject(refused);
  await write({ total: right, missing: wrong }, "OR");
});

const wrongExpectations: readonly [Record<string, ExpectedAttributeValue>, string][] = [
  [{ a: {} }, "One or more parameter values were invalid: Value must be provided when Exists is null for Attribute: a"],
  [
    { a: { Exists: false, Value: { S: "x" } } },
    "One or more parameter values were invalid: Value cannot be used when Exists is false for Attribute: a",
  ],
  [
    { a: { Exists: true, ComparisonOperator: "LT" } },
    "One or more parameter values were invalid: Exists and ComparisonOperator cannot be used together for Attribute: a",
  ],
  [
    { a: { ComparisonOperator: "LT" } },
    "One or more parameter values were invalid: Value or AttributeValueList must be used with ComparisonOperator: LT for Attribute: a",
  ],
  [
    { a: { AttributeValueList: [{ S: "x" }] } },
    "One or more parameter values were invalid: AttributeValueList can only be used with a ComparisonOperator for Attribute: a",
  ],
  [
    { a: { ComparisonOperator: "EQ", AttributeValueList: [] } },
    "One or more parameter values were invalid: Invalid number of argument(s) for the EQ ComparisonOperator",
  ],
  [
    { a: { ComparisonOperator: "IN", AttributeValueList: [{ S: "x" }, { N: "1" }] } },
    "One or more parameter values were invalid: AttributeValues inside AttributeValueList must be of same type",
  ],
  [
    { a: { ComparisonOperator: "LE", AttributeValueList: [{ SS: ["x"] }] } },
    "One or more parameter values were invalid: ComparisonOperator LE is not valid for SS AttributeValue type",
  ],
  [
    { a: { ComparisonOperator: "BETWEEN", AttributeValueList: [{ N: "2" }, { N: "1" }] } },
    "The BETWEEN condition was provided a range where the lower bound is greater than the upper bound",
  ],
];

test.each(wrongExpectations)("the expectation %j is refused, whatever the table", async (Expected, message) => {
  const { client } = await table();
  const put = new PutItemCommand({ TableName: "nowhere", Item: key, Expected });
  await expect(client.send(put)).rejects.toMatchObject({ name: "ValidationException", message });
});

test("AttributeUpdates puts, adds and deletes attributes", async () => {
  const { client, put } = await table();
  await put(1, { count: { N: "1" }, tags: { SS: ["a", "b"] }, list: { L: [{ S: "x" }] }, old: { S: "y" } });
  const { Attributes } = await client.send(
    new UpdateItemCommand({
      TableName: "orders",
      Key: key,
      AttributeUpdates: {
        name: { Value: { S: "Ada" } },
        count: { Action: "ADD", Value: { N: "2" } },
        list: { Action: "ADD", Value: { L: [{ S: "z" }] } },
        tags: { Action: "DELETE", Value: { SS: ["a"] } },
        old: { Action: "DELETE" },
      },
      ReturnValues: "UPDATED_NEW",
    }),
  );
  expect(Attributes).toEqual({ name: { S: "Ada" }, count: { N: "3" }, list: { L: [{ S: "x" }, { S: "z" }] }, tags: { SS: ["b"] } });
  const wrong = (AttributeUpdates: UpdateItemCommand["input"]["AttributeUpdates"]) =>
    client.send(new UpdateItemCommand({ TableName: "orders", Key: key, AttributeUpdates }));
  await expect(wrong({ name: { Action: "ADD", Value: { N: "1" } } })).rejects.toThrow("Type mismatch for attribute to update");
  await expect(wrong({ name: { Action: "ADD", Value: { S: "1" } } })).rejects.toThrow("ADD action is not supported for the type S");
  await expect(wrong({ name: { Action: "PUT" } })).rejects.toThrow("Only DELETE action is allowed when no attribute value is specified");
  await expect(wrong({ number: { Value: { N: "2" } } })).rejects.toThrow(
    "One or more parameter values were invalid: Cannot update attribute number. This attribute is part of the key",
  );
});

test("an update that only takes away makes no item", async () => {
  const { client } = await table();
  await client.send(new UpdateItemCommand({ TableName: "orders", Key: key, AttributeUpdates: { a: { Action: "DELETE" } } }));
  await client.send(new UpdateItemCommand({ TableName: "orders", Key: key, UpdateExpression: "REMOVE a" }));
  expect((await client.send(new GetItemCommand({ TableName: "orders", Key: key }))).Item).toBeUndefined();
});

test("KeyConditions, QueryFilter, ScanFilter and AttributesToGet read what they say", async () => {
  const { client, put } = await table();
  for (const number of [1, 2, 3, 4]) await put(number, { note: { S: number % 2 === 0 ? "even" : "odd" } });
  const customer: Condition = { ComparisonOperator: "EQ", AttributeValueList: [{ S: "ada" }] };
  const odd: Condition = { ComparisonOperator: "BEGINS_WITH", AttributeValueList: [{ S: "o" }] };
  const queried = await client.send(
    new QueryCommand({
      TableName: "orders",
      KeyConditions: { customer, number: { ComparisonOperator: "GE", AttributeValueList: [{ N: "2" }] } },
      QueryFilter: { note: odd },
      AttributesToGet: ["number"],
    }),
  );
  expect(queried).toMatchObject({ Items: [{ number: { N: "3" } }], ScannedCount: 3 });
  const scanned = await client.send(new ScanCommand({ TableName: "orders", ScanFilter: { note: odd } }));
  expect(scanned.Count).toBe(2);

  const refused = (input: Omit<QueryCommand["input"], "TableName">, message: string) =>
    expect(client.send(new QueryCommand({ TableName: "orders", ...input }))).rejects.toMatchObject({ message });
  await refused({ KeyConditions: {} }, "Conditions can be of length 1 or 2 only");
  await refused({ KeyConditions: { number: customer } }, "Query condition missed key schema element: customer");
  await refused(
    { KeyConditions: { customer: { ComparisonOperator: "NOT_NULL" } } },
    "Attempted conditional constraint is not an indexable operation",
  );
  await refused(
    { KeyConditions: { customer: { ComparisonOperator: "EQ", AttributeValueList: [{ N: "1" }] } } },
    "One or more parameter values were invalid: Condition parameter type does not match schema type",
  );
  await refused(
    { KeyConditions: { customer }, QueryFilter: { number: { ComparisonOperator: "NULL" } } },
    "QueryFilter can only contain non-primary key attributes: Primary key attribute: number",
  );
  await refused(
    { KeyConditions: { customer }, ConditionalOperator: "OR" },
    "ConditionalOperator cannot be used without Filter or Expected",
  );
  await refused(
    { KeyConditions: { customer }, QueryFilter: { note: odd }, KeyConditionExpression: "customer = :c", ProjectionExpression: "note" },
    "Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {QueryFilter, KeyConditions} Expression parameters: {ProjectionExpression, KeyConditionExpression}",
  );
  await refused(
    {
      KeyConditions: { customer, number: { ComparisonOperator: "GT", AttributeValueList: [{ N: "2" }] } },
      ExclusiveStartKey: { customer: { S: "ada" }, number: { N: "2" } },
    },
    "The provided starting key does not match the range key predicate",
  );
  await refused(
    {
      KeyConditions: { customer, number: { ComparisonOperator: "GT", AttributeValueList: [{ N: "2" }] } },
      ExclusiveStartKey: { customer: { S: "bob" }, number: { N: "3" } },
    },
    "The query can return at most one row and cannot be restarted",
  );
  await refused(
    { KeyConditions: { customer }, ExclusiveStartKey: { customer: { S: "bob" }, number: { N: "2" } } },
    "The provided starting key is outside query boundaries based on provided conditions",
  );
  await refused(
    { KeyConditions: { customer }, AttributesToGet: ["a", "a"] },
    "One or more parameter values were invalid: Duplicate value in attribute name: a",
  );
  await refused(
    { KeyConditions: { customer }, AttributesToGet: ["a"], Select: "COUNT" },
    "1 validation error detected: Cannot specify the AttributesToGet when choosing to get only the Count",
  );
});
