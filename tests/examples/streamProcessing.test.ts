import { expect, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { runExample, type RunningExample } from "../support/example.ts";

async function send({ request }: RunningExample, ...readings: readonly unknown[]): Promise<void> {
  for (const celsius of readings)
    expect(await request("Greenhouse", "POST", "/sensors/tomatoes/readings", { celsius })).toMatchObject({ status: 202 });
}

async function today({ request }: RunningExample): Promise<unknown> {
  const { json } = await request("Greenhouse", "GET", "/sensors/tomatoes/days");
  return (json?.["days"] as unknown[] | undefined)?.[0];
}

it("makes each day's lowest, highest and mean of the readings", async () => {
  const example = await runExample("stream-processing");
  await send(example, 18, 24, 21);
  await eventually(async () => expect(await today(example)).toMatchObject({ count: 3, lowest: 18, highest: 24, mean: 21 }));
  expect((await example.request("Greenhouse", "GET", "/sensors/beans/days")).json).toEqual({ days: [] });
});

it("puts a bad reading aside and counts those around it once", async () => {
  const example = await runExample("stream-processing");
  const { runtime, messages } = example;
  await send(example, 18, "warm", 24);
  // the pauses between tries pass on the clock
  await eventually(async () => {
    await runtime.clock.advance(60_000);
    expect(await today(example)).toMatchObject({ count: 2, lowest: 18, highest: 24 });
  });
  const aside = await messages("BadReadings");
  expect(aside).toHaveLength(1);
  expect(JSON.stringify(aside)).toContain("RetryAttemptsExhausted");
  expect(runtime.traces.logs({ text: "which is no temperature", limit: 50 }).length).toBeGreaterThan(1);
});

it("forgets readings after 30 days without a word to the function, and keeps the days", async () => {
  const example = await runExample("stream-processing");
  const { runtime, items } = example;
  await send(example, 20, 22);
  await eventually(async () => expect(await today(example)).toMatchObject({ count: 2 }));
  const invocations = (): number => runtime.traces.logs({ text: "readings, 1 days", limit: 50 }).length;
  const before = invocations();

  await runtime.clock.advance(31 * 86_400_000);
  await eventually(async () => expect(await items("Readings")).toEqual([]));
  expect(await today(example)).toMatchObject({ count: 2, mean: 21 });
  expect(invocations()).toBe(before);
});
