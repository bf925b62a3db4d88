import { expect, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { runExample, type RunningExample } from "../support/example.ts";

async function place({ request }: RunningExample, order: Record<string, unknown>): Promise<string> {
  const placed = await request("Shop", "POST", "/orders", { product: "lamp", quantity: 2, ...order });
  expect(placed.status).toBe(202);
  return String(placed.json?.["id"]);
}

async function reaches({ request }: RunningExample, id: string, state: Record<string, unknown>): Promise<void> {
  await eventually(async () => expect((await request("Shop", "GET", `/orders/${id}`)).json).toMatchObject(state));
}

async function piecesOf({ items }: RunningExample, product: string): Promise<unknown> {
  return (await items("Stock")).find((item) => item["product"] === product)?.["pieces"];
}

it("reserves, charges, waits for the parcel and ships", async () => {
  const example = await runExample("order-saga");
  const id = await place(example, {});
  await reaches(example, id, { status: "paid" });
  expect(await piecesOf(example, "lamp")).toBe(8);

  expect(await example.request("Shop", "POST", `/orders/${id}/parcel`, { tracking: "CT-1" })).toMatchObject({ status: 202 });
  await reaches(example, id, { status: "shipped", tracking: "CT-1" });
  expect(await example.request("Shop", "POST", `/orders/${id}/parcel`, { tracking: "CT-1" })).toMatchObject({ status: 409 });
  expect(await example.items("Payments")).toMatchObject([{ order: id, status: "charged" }]);
});

it("asks a bank that does not answer again, and charges once", async () => {
  const example = await runExample("order-saga");
  const id = await place(example, { card: "flaky" });
  await eventually(() => expect(example.runtime.traces.logs({ text: "did not answer, try 1", limit: 5 }).length).toBeGreaterThan(0));
  await eventually(async () => {
    await example.runtime.clock.advance(21_000);
    expect((await example.request("Shop", "GET", `/orders/${id}`)).json).toMatchObject({ status: "paid" });
  });
  expect(await example.items("Payments")).toMatchObject([{ order: id, tries: 3, status: "charged" }]);
});

it("gives the pieces back when the card is declined", async () => {
  const example = await runExample("order-saga");
  const id = await place(example, { card: "declined" });
  await reaches(example, id, { status: "cancelled", reason: "card declined" });
  expect(await piecesOf(example, "lamp")).toBe(10);
  expect(await example.items("Payments")).toEqual([]);
});

it("charges nobody for what is not in stock", async () => {
  const example = await runExample("order-saga");
  await reaches(example, await place(example, { quantity: 6 }), { status: "paid" });
  const id = await place(example, { quantity: 6 });
  await reaches(example, id, { status: "cancelled", reason: "out of stock" });
  expect(await example.items("Payments")).toHaveLength(1);
  expect(await piecesOf(example, "lamp")).toBe(4);
});

it("refunds and gives back what nobody packed for two days", async () => {
  const example = await runExample("order-saga");
  const id = await place(example, {});
  await reaches(example, id, { status: "paid" });
  await example.runtime.clock.advance(49 * 3_600_000);
  await reaches(example, id, { status: "cancelled", reason: "never packed" });
  expect(await example.items("Payments")).toMatchObject([{ status: "refunded" }]);
  expect(await piecesOf(example, "lamp")).toBe(10);
});

it("refunds what the warehouse could not send", async () => {
  const example = await runExample("order-saga");
  const id = await place(example, {});
  await reaches(example, id, { status: "paid" });
  await example.request("Shop", "POST", `/orders/${id}/parcel`, {});
  await reaches(example, id, { status: "cancelled", reason: "lost in the warehouse" });
  expect(await example.request("Shop", "POST", "/orders", { product: "lamp", quantity: 11 })).toMatchObject({ status: 400 });
});
