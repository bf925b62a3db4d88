import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import dynamoose from "dynamoose";
import { Entity, Service } from "electrodb";
import { expect, onTestFinished, test } from "vitest";
import { dynamodbService } from "../../../src/runtime/services/dynamodb/service.ts";
import { clientOptions, runtimeWith } from "../../support/runtime.ts";

// Programs written against the libraries that people put before DynamoDB.

async function account(): Promise<DynamoDBClient> {
  const client = new DynamoDBClient(clientOptions(await runtimeWith([dynamodbService])));
  onTestFinished(() => client.destroy());
  return client;
}

test("a Dynamoose program makes its table, saves, updates, queries, pages and transacts", async () => {
  const options = clientOptions(await runtimeWith([dynamodbService]));
  dynamoose.aws.ddb.set(new dynamoose.aws.ddb.DynamoDB(options));
  const schema = new dynamoose.Schema(
    {
      customer: { type: String, hashKey: true },
      number: { type: Number, rangeKey: true },
      status: { type: String, enum: ["open", "paid"], default: "open", index: { name: "byStatus", type: "global", rangeKey: "number" } },
      lines: { type: Array, schema: [{ type: Object, schema: { product: String, quantity: Number } }] },
      labels: { type: Set, schema: [String] },
      total: Number,
    },
    { timestamps: true },
  );
  const Order = dynamoose.model("Order", schema);
  new dynamoose.Table("Orders", [Order], {
    throughput: "ON_DEMAND",
    waitForActive: { enabled: true, check: { timeout: 5000, frequency: 10 } },
  });

  await Order.create({ customer: "ada", number: 1, lines: [{ product: "lamp", quantity: 2 }], labels: new Set(["gift"]), total: 40 });
  await Order.batchPut([2, 3, 4].map((number) => ({ customer: "ada", number, total: number * 10 })));
  await Order.update({ customer: "ada", number: 2 }, { $SET: { status: "paid" }, $ADD: { total: 5 } });

  const first = await Order.get({ customer: "ada", number: 1 });
  expect(first).toMatchObject({ status: "open", lines: [{ product: "lamp", quantity: 2 }], total: 40 });
  expect(first["createdAt"]).toBeInstanceOf(Date);
  const page = await Order.query("customer").eq("ada").sort("descending").limit(2).exec();
  expect(page.map((order) => order["number"])).toEqual([4, 3]);
  const rest = await Order.query("customer").eq("ada").sort("descending").startAt(page.lastKey).exec();
  expect(rest.map((order) => order["number"])).toEqual([2, 1]);
  expect((await Order.query("status").eq("paid").using("byStatus").exec()).map((order) => order["total"])).toEqual([25]);
  expect((await Order.scan("total").between(30, 40).exec()).count).toBe(3);

  await dynamoose.transaction([
    Order.transaction.update({ customer: "ada", number: 3 }, { $SET: { status: "paid" } }),
    Order.transaction.delete({ customer: "ada", number: 4 }),
  ]);
  expect((await Order.query("customer").eq("ada").count().exec()).count).toBe(3);
  await expect(Order.create({ customer: "ada", number: 1 })).rejects.toMatchObject({ name: "ConditionalCheckFailedException" });
});

test("an ElectroDB program keeps two entities in one table and asks across them", async () => {
  const client = await account();
  await client.send(
    new CreateTableCommand({
      TableName: "shop",
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: ["pk", "sk", "gsi1pk", "gsi1sk"].map((AttributeName) => ({ AttributeName, AttributeType: "S" as const })),
      KeySchema: [
        { AttributeName: "pk", KeyType: "HASH" },
        { AttributeName: "sk", KeyType: "RANGE" },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: "gsi1",
          KeySchema: [
            { AttributeName: "gsi1pk", KeyType: "HASH" },
            { AttributeName: "gsi1sk", KeyType: "RANGE" },
          ],
          Projection: { ProjectionType: "ALL" },
        },
      ],
    }),
  );
  const Customer = new Entity(
    {
      model: { entity: "customer", version: "1", service: "shop" },
      attributes: { customer: { type: "string", required: true }, name: { type: "string", required: true } },
      indexes: {
        account: { collection: "account", pk: { field: "pk", composite: ["customer"] }, sk: { field: "sk", composite: [] } },
      },
    },
    { client, table: "shop" },
  );
  const Order = new Entity(
    {
      model: { entity: "order", version: "1", service: "shop" },
      attributes: {
        customer: { type: "string", required: true },
        order: { type: "string", required: true },
        status: { type: ["open", "paid"] as const, default: "open" },
        total: { type: "number", default: 0 },
        tags: { type: "set", items: "string" },
      },
      indexes: {
        account: { collection: "account", pk: { field: "pk", composite: ["customer"] }, sk: { field: "sk", composite: ["order"] } },
        status: {
          index: "gsi1",
          pk: { field: "gsi1pk", composite: ["status"] },
          sk: { field: "gsi1sk", composite: ["customer", "order"] },
        },
      },
    },
    { client, table: "shop" },
  );
  const shop = new Service({ customer: Customer, order: Order });

  await Customer.create({ customer: "ada", name: "Ada" }).go();
  await Order.put(["a1", "a2", "b1"].map((order) => ({ customer: "ada", order, total: 10 }))).go();
  await Order.patch({ customer: "ada", order: "a2" })
    .set({ status: "paid" })
    .add({ total: 5, tags: ["gift"] })
    .go();

  const { data } = await shop.collections.account({ customer: "ada" }).go();
  expect(data.customer).toEqual([{ customer: "ada", name: "Ada" }]);
  expect(data.order.map((order) => order.order)).toEqual(["a1", "a2", "b1"]);
  const begins = await Order.query
    .account({ customer: "ada" })
    .begins({ order: "a" })
    .where(({ total }, { gt }) => gt(total, 10))
    .go();
  expect(begins.data).toEqual([{ customer: "ada", order: "a2", status: "paid", total: 15, tags: ["gift"] }]);
  expect((await Order.query.status({ status: "open" }).go({ limit: 1 })).data).toHaveLength(1);
  await expect(Customer.create({ customer: "ada", name: "Other" }).go()).rejects.toThrow("The conditional request failed");

  const done = await shop.transaction
    .write(({ customer, order }) => [
      customer.patch({ customer: "ada" }).set({ name: "Ada L." }).commit(),
      order.delete({ customer: "ada", order: "b1" }).commit(),
    ])
    .go();
  expect(done.canceled).toBe(false);
  expect((await Order.query.account({ customer: "ada" }).go()).data).toHaveLength(2);
  const refused = await shop.transaction
    .write(({ customer, order }) => [
      customer.create({ customer: "ada", name: "Again" }).commit({ response: "all_old" }),
      order.remove({ customer: "ada", order: "a1" }).commit(),
    ])
    .go();
  expect(refused).toMatchObject({
    canceled: true,
    data: [{ rejected: true, code: "ConditionalCheckFailed", item: { name: "Ada L." } }, { rejected: false }],
  });
});
