import { expect, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { runExample, type RunningExample } from "../support/example.ts";

const invoice = { number: "2026-001", customer: "ada", amount: 120 };

/** The worker tries three times, a minute apart. */
async function failedForGood({ runtime, messages }: RunningExample): Promise<void> {
  for (const attempt of [1, 2, 3]) {
    await eventually(() => expect(runtime.traces.logs({ text: `try ${attempt} failed`, limit: 5 })).not.toEqual([]));
    await runtime.clock.advance(61_000);
  }
  await eventually(async () => expect(await messages("DeadInvoices")).toHaveLength(1));
}

it("accepts an invoice at once and sends it later", async () => {
  const { request, items, messages } = await runExample("queue-worker");
  await request("Office", "PUT", "/customers/ada", { email: "ada@example.com" });
  expect(await request("Office", "POST", "/invoices", invoice)).toMatchObject({ status: 202, json: { status: "waiting" } });

  await eventually(async () => expect(await items("SentInvoices")).toMatchObject([{ number: "2026-001", to: "ada@example.com" }]));
  await eventually(async () => expect(await messages("InvoiceQueue")).toEqual([]));
});

it("sends an invoice that comes twice once", async () => {
  const { runtime, request, items, messages } = await runExample("queue-worker");
  await request("Office", "PUT", "/customers/ada", { email: "ada@example.com" });
  await request("Office", "POST", "/invoices", invoice);
  await eventually(async () => expect(await items("SentInvoices")).toHaveLength(1));
  const [first] = await items("SentInvoices");

  await request("Office", "POST", "/invoices", invoice);
  await eventually(() => expect(runtime.traces.logs({ text: "was sent before", limit: 5 })).toHaveLength(1));
  expect(await items("SentInvoices")).toEqual([first]);
  await eventually(async () => expect(await messages("InvoiceQueue")).toEqual([]));
});

it("puts aside what fails three times, and drives it again once the cause is mended", async () => {
  const example = await runExample("queue-worker");
  const { request, items, messages } = example;
  await request("Office", "POST", "/invoices", invoice);
  await failedForGood(example);
  expect(await items("SentInvoices")).toEqual([]);

  await request("Office", "PUT", "/customers/ada", { email: "ada@example.com" });
  expect(await request("Office", "POST", "/redrive")).toMatchObject({ status: 200, json: { moved: 1 } });
  await eventually(async () => expect(await items("SentInvoices")).toMatchObject([{ number: "2026-001" }]));
  expect(await messages("DeadInvoices")).toEqual([]);
});

it("does not try the good invoices of a batch again for the bad one's sake", async () => {
  const example = await runExample("queue-worker");
  const { runtime, request, items } = example;
  await request("Office", "PUT", "/customers/ada", { email: "ada@example.com" });
  await request("Office", "POST", "/invoices", { ...invoice, number: "2026-002", customer: "nobody" });
  await request("Office", "POST", "/invoices", invoice);
  await eventually(async () => expect(await items("SentInvoices")).toMatchObject([{ number: "2026-001" }]));
  await failedForGood(example);
  expect(runtime.traces.logs({ text: "was sent before", limit: 5 })).toEqual([]);
});

it("takes no invoice without an amount", async () => {
  const { request } = await runExample("queue-worker");
  expect(await request("Office", "POST", "/invoices", { number: "1", customer: "ada" })).toMatchObject({ status: 400 });
});
