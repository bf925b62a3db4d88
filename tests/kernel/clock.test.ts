import { expect, test } from "vitest";
import { createClock, type VirtualClock } from "../../src/runtime/kernel/clock.ts";

const start = Date.UTC(2026, 0, 1);

function paused(): VirtualClock {
  const clock = createClock(start);
  clock.pause();
  return clock;
}

test("a paused clock stands still, and advances to the millisecond", async () => {
  const clock = paused();
  const before = clock.now();
  await new Promise(setImmediate);
  expect(clock.now()).toBe(before);
  await clock.advance(1500);
  expect(clock.now()).toBe(before + 1500);
});

test("what falls due while advancing runs at its own moment, with what it starts in turn", async () => {
  const clock = paused();
  const before = clock.now();
  const seen: [string, number][] = [];
  clock.at(before + 3000, { title: "third" }, () => seen.push(["third", clock.now() - before]));
  const retries = (async () => {
    for (const seconds of [1, 2, 4]) {
      await clock.sleep(seconds * 1000, { title: "retry" });
      seen.push(["retry", clock.now() - before]);
    }
  })();
  await clock.advance(6999);
  expect(seen).toEqual([
    ["retry", 1000],
    ["third", 3000],
    ["retry", 3000],
  ]);
  await clock.advance(1);
  await retries;
  expect(seen.at(-1)).toEqual(["retry", 7000]);
});

test("things due at the same moment run in the order they were asked for", async () => {
  const clock = paused();
  const seen: number[] = [];
  for (const index of [1, 2, 3, 4, 5]) clock.at(start + 100_000, { title: "" }, () => seen.push(index));
  await clock.advance(100_000);
  expect(seen).toEqual([1, 2, 3, 4, 5]);
});

test("skip goes to the next due thing that is not quiet, and is false when nothing is", async () => {
  const clock = paused();
  const now = clock.now();
  const seen: string[] = [];
  clock.at(now + 1000, { title: "housekeeping", isQuiet: true }, () => seen.push("quiet"));
  clock.at(now + 3_600_000, { title: "visibility" }, () => seen.push("visibility"));
  clock.at(now + 7_200_000, { title: "retention" }, () => seen.push("retention"));
  expect(clock.state().due.map((due) => due.title)).toEqual(["visibility", "retention"]);
  expect(clock.skipToNext()).toBe(true);
  await clock.advance(0);
  expect(seen).toEqual(["quiet", "visibility"]);
  expect(clock.now()).toBe(now + 3_600_000);
  expect(clock.skipToNext()).toBe(true);
  await clock.advance(0);
  expect(clock.skipToNext()).toBe(false);
});

test("at a rate of 1000, an hour's wait takes 3.6 seconds of real time, a minute's 60 ms", async () => {
  const clock = createClock(start);
  clock.run(1000);
  const began = performance.now();
  await clock.sleep(60_000, { title: "a minute" });
  const took = performance.now() - began;
  expect(took).toBeGreaterThan(50);
  expect(took).toBeLessThan(1000);
  expect(clock.now() - start).toBeGreaterThanOrEqual(60_000);
  clock.close();
});

test("changing the rate neither jumps nor loses time", () => {
  const clock = createClock(start);
  const before = clock.now();
  clock.run(100_000);
  clock.pause();
  clock.run(1);
  clock.pause();
  const after = clock.now();
  expect(after).toBeGreaterThanOrEqual(before);
  expect(after - before).toBeLessThan(60_000);
  expect(() => clock.run(0)).toThrow("must be above 0");
});

test("an aborted sleep rejects with the reason and is no longer due", async () => {
  const clock = paused();
  const gone = new AbortController();
  const sleep = clock.sleep(1000, { title: "waiting" }, gone.signal);
  gone.abort(new Error("client left"));
  await expect(sleep).rejects.toThrow("client left");
  expect(clock.state().due).toEqual([]);
});

test("a limit on real work stands still while the clock is paused or frozen", async () => {
  const clock = paused();
  let isOver = false;
  const over = new Promise<void>((resolve) => {
    clock.limit(20, () => {
      isOver = true;
      resolve();
    });
  });
  await clock.advance(3_600_000);
  const unfreeze = clock.freeze();
  clock.run(1);
  await new Promise((resolve) => setTimeout(resolve, 40));
  expect(isOver).toBe(false);
  unfreeze();
  await over;
  clock.close();
});

test("100,000 timers are cheap to set, to list, to cancel and to run", async () => {
  const clock = paused();
  const count = 100_000;
  let ran = 0;
  const began = performance.now();
  const cancels = Array.from({ length: count }, (_, index) =>
    clock.at(start + 1_000_000 + ((index * 7919) % count), { title: `t${(index * 7919) % count}` }, () => ran++),
  );
  expect(
    clock
      .state()
      .due.slice(0, 3)
      .map((due) => due.title),
  ).toEqual(["t0", "t1", "t2"]);
  for (const [index, cancel] of cancels.entries()) if (index % 2 === 1) cancel();
  for (const cancel of cancels.slice(0, 10)) {
    cancel();
    cancel();
  }
  const set = performance.now() - began;
  await clock.advance(2_000_000);
  expect(ran).toBe(count / 2 - 5);
  expect(set).toBeLessThan(2_000);
  expect(clock.state().due).toEqual([]);
});
