import { expect, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { runExample } from "../support/example.ts";

const signUp = { resource: "Portal", method: "POST", path: "/sign-ups", headers: [["content-type", "application/json"]] as const };

it("tells everybody who subscribed, once", async () => {
  const { runtime, items } = await runExample("fan-out");
  expect(await runtime.request({ ...signUp, body: JSON.stringify({ email: "ada@example.com", plan: "pro" }) })).toMatchObject({
    status: 202,
  });
  await eventually(() => expect(runtime.traces.logs({ text: "welcome ada@example.com, on pro", limit: 5 })).toHaveLength(1));
  await eventually(async () => expect(await items("Accounts")).toMatchObject([{ email: "ada@example.com", plan: "pro" }]));
  await eventually(async () => expect(await items("Counts")).toEqual([{ plan: "pro", signUps: 1 }]));
});

it("keeps plans that cost nothing away from the billing", async () => {
  const { runtime, items, messages } = await runExample("fan-out");
  for (const plan of ["free", "free", "pro"])
    await runtime.request({ ...signUp, body: JSON.stringify({ email: `${plan}@example.com`, plan }) });
  await eventually(async () => expect(await items("Counts")).toHaveLength(2));
  await eventually(async () => expect(await items("Accounts")).toMatchObject([{ email: "pro@example.com" }]));
  await eventually(async () => expect(await messages("BillingQueue")).toEqual([]));
  expect(runtime.traces.list({ logicalId: "OpenAccount", limit: 10 })).toHaveLength(1);
});

it("puts aside what one subscriber fails, and the others do not notice", async () => {
  const { runtime, items, messages } = await runExample("fan-out");
  await runtime.request({ ...signUp, body: JSON.stringify({ email: "team@example.com", plan: "team" }) });
  await eventually(() => expect(runtime.traces.logs({ text: "welcome team@example.com", limit: 5 })).toHaveLength(1));
  for (const attempts of [1, 2, 3]) {
    await eventually(() => expect(runtime.traces.logs({ text: "no account opened", limit: 5 })).toHaveLength(attempts));
    await runtime.clock.advance(61_000);
  }
  await eventually(async () => expect(await messages("DeadSignUps")).toHaveLength(1));
  expect(await items("Accounts")).toEqual([]);
  await eventually(async () => expect(await items("Counts")).toEqual([{ plan: "team", signUps: 1 }]));
});

it("knows its plans", async () => {
  const { runtime } = await runExample("fan-out");
  expect(await runtime.request({ ...signUp, body: JSON.stringify({ email: "a@example.com", plan: "gold" }) })).toMatchObject({
    status: 400,
  });
});
