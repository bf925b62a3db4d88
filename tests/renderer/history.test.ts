import { beforeEach, expect, test } from "vitest";
import { emptyCanvas } from "../../src/model/design/canvasFile.ts";
import { clearHistory, recordChange, stepBack, stepForward, useHistory } from "../../src/renderer/app/stores/history.ts";

beforeEach(clearHistory);

const state = (text: string) => ({ text, canvas: emptyCanvas });

test("ten thousand steps are kept, the oldest give way, and all lead back", () => {
  for (let step = 0; step <= 10_000; step += 1) recordChange(`Step ${step}`, "canvas", state(`text ${step}`));
  expect(useHistory.getState().past).toHaveLength(10_000);
  let text = "text 10001";
  for (;;) {
    const now = text;
    const step = stepBack(() => state(now));
    if (step === undefined) break;
    text = step.before.text;
  }
  expect(text).toBe("text 1");
  for (;;) {
    const now = text;
    const step = stepForward(() => state(now));
    if (step === undefined) break;
    text = step.before.text;
  }
  expect(text).toBe("text 10001");
});

test("a large template is not kept ten thousand times, but the last steps are", () => {
  const large = "x".repeat(1_000_000);
  for (let step = 0; step < 100; step += 1) recordChange(`Step ${step}`, "canvas", state(`${step} ${large}`));
  const { past } = useHistory.getState();
  expect(past.length).toBeLessThan(60);
  expect(past.at(-1)?.label).toBe("Step 99");
});

test("what one gesture does again and again is one step, until another comes between", () => {
  recordChange("Move A", "canvas", state("0"), "nudge A");
  recordChange("Move A", "canvas", state("1"), "nudge A");
  recordChange("Move B", "canvas", state("2"), "nudge B");
  recordChange("Move A", "canvas", state("3"), "nudge A");
  expect(useHistory.getState().past.map(({ label, before }) => [label, before.text])).toEqual([
    ["Move A", "0"],
    ["Move B", "2"],
    ["Move A", "3"],
  ]);
});
