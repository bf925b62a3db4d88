import { expect, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { runExample, type RunningExample } from "../support/example.ts";

async function place({ request }: RunningExample, order: Record<string, unknown>): Promise<string> {
  const placed = await request("Shop", "POST", "/orders", { customer: "Ada", ...order });
  expect(placed.status).toBe(202);
  return String(placed.json?.["id"]);
}

async function lettersAbout({ items }: RunningExample): Promise<unknown[]> {
  return (await items("Letters")).map((letter) => letter["about"]).toSorted();
}

it("goes from event to event, and all of it is one trace", async () => {
  const example = await runExample("event-choreography");
  const placed = await example.request("Shop", "POST", "/orders", { customer: "Ada", total: 80 });
  await eventually(async () => expect(await lettersAbout(example)).toEqual(["ParcelSent"]));

  const reached = new Set(example.runtime.traces.get(placed.traceId ?? "").map((span) => span.target?.logicalId));
  expect([...reached]).toEqual(expect.arrayContaining(["PlaceOrder", "ShopBus", "TakePayment", "ShipParcel", "WriteLetter", "Letters"]));
});

it("lets the content of an event decide who hears it", async () => {
  const example = await runExample("event-choreography");
  await place(example, { total: 1_000 });
  await eventually(async () => expect(await lettersAbout(example)).toEqual(["ParcelSent", "Thanks"]));
  await place(example, { total: 6_000 });
  await eventually(async () => expect(await lettersAbout(example)).toEqual(["ParcelSent", "PaymentRefused", "Thanks", "Thanks"]));
});

it("tries a bank that is down three times, and keeps the order", async () => {
  const example = await runExample("event-choreography");
  const id = await place(example, { total: 80, card: "offline" });
  const { runtime, messages } = example;
  for (const [attempts, pause] of [[1, 61_000] as const, [2, 121_000] as const]) {
    await eventually(() => expect(runtime.traces.logs({ text: "does not answer", limit: 10 }).length).toBeGreaterThanOrEqual(attempts));
    // The log comes before the attempt has ended; only then the next one is due.
    await eventually(() => expect(runtime.clock.state().due.map(({ resource }) => resource?.logicalId)).toContain("TakePayment"));
    await runtime.clock.advance(pause);
  }
  await eventually(async () => expect(await messages("Unpaid")).toHaveLength(1));
  const kept = JSON.stringify(await messages("Unpaid"));
  expect(kept).toContain(id);
  expect(kept).toContain("RetriesExhausted");
  expect(await lettersAbout(example)).toEqual([]);
});

it("takes no order of nobody", async () => {
  const { runtime } = await runExample("event-choreography");
  const headers = [["content-type", "application/json"]] as const;
  const refused = await runtime.request({ resource: "Shop", method: "POST", path: "/orders", headers, body: '{"total":1}' });
  expect(refused).toMatchObject({ status: 400, body: "An order needs a customer and a total." });
});
