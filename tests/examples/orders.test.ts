import { expect, it } from "vitest";
import { runExample } from "../support/example.ts";

const order = { customer: "Ada", lines: [{ product: "lamp", quantity: 2, price: 40 }] };

it("takes an order, stores it, and fulfils it through the queue", async () => {
  const { runtime, request } = await runExample("orders");
  const created = await request("OrdersApi", "POST", "/orders", order);
  expect(created).toMatchObject({ status: 201, json: { status: "placed", total: 80, stage: "dev" } });

  const id = String(created.json?.["id"]);
  await expect
    .poll(async () => (await request("OrdersApi", "GET", `/orders/${id}`)).json?.["status"], { timeout: 10_000 })
    .toBe("fulfilled");
  expect((await request("OrdersApi", "GET", "/orders?status=fulfilled")).json).toMatchObject({ orders: [{ id, customer: "Ada" }] });

  const trace = runtime.traces.get(created.traceId ?? "");
  expect(trace.map((span) => `${span.service} ${span.operation}`)).toEqual(
    expect.arrayContaining(["apigateway POST /orders", "dynamodb PutItem", "sqs SendMessage", "dynamodb UpdateItem"]),
  );
  const worker = trace.find((span) => span.service === "lambda" && span.target?.logicalId === "Fulfil");
  expect(worker, "the worker's invocation belongs to the trace of the request").toBeDefined();
});

it("refuses what is no order, and knows no order that is not there", async () => {
  const { request } = await runExample("orders");
  expect(await request("OrdersApi", "POST", "/orders", { customer: "Ada" })).toMatchObject({ status: 400 });
  expect(await request("OrdersApi", "GET", "/orders/none")).toMatchObject({ status: 404 });
  expect(await request("OrdersApi", "GET", "/nowhere")).toMatchObject({ status: 404, json: { message: "Not Found" } });
});

it("is cached at the edge for as long as the handler says", async () => {
  const { runtime, request } = await runExample("orders");
  const created = await request("Web", "POST", "/orders", order);
  expect(created.status).toBe(201);
  const target = `/orders/${String(created.json?.["id"])}`;

  expect((await request("Web", "GET", target)).header("x-cache")).toBe("Miss from cloudfront");
  await runtime.clock.advance(3_000);
  const hit = await request("Web", "GET", target);
  expect(hit.header("x-cache")).toBe("Hit from cloudfront");
  expect(Number(hit.header("age"))).toBeGreaterThanOrEqual(3);
  await runtime.clock.advance(301_000);
  expect((await request("Web", "GET", target)).header("x-cache")).not.toBe("Hit from cloudfront");
});

it("puts an order that fails three times into the dead-letter queue, in no real time", async () => {
  const { runtime, request, messages } = await runExample("orders");
  const dear = { customer: "Grace", lines: [{ product: "engine", quantity: 1, price: 20_000 }] };
  const { json } = await request("OrdersApi", "POST", "/orders", dear);
  await expect
    .poll(
      async () => {
        await runtime.clock.advance(61_000);
        return (await messages("OrderDLQ")).length;
      },
      { timeout: 20_000, interval: 100 },
    )
    .toBe(1);
  expect(JSON.stringify(await messages("OrderDLQ"))).toContain(String(json?.["id"]));
});
