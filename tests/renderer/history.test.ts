import { beforeEach, expect, test } from "vitest";
import { emptyCanvas } from "../../src/model/design/canvasFile.ts";
import { clearHistory, filesUntil, recordChange, travelTo, useHistory } from "../../src/renderer/app/stores/history.ts";

beforeEach(clearHistory);

const state = (text: string) => ({ text, canvas: emptyCanvas });

test("ten thousand steps are kept, the oldest give way, and all lead back", () => {
  for (let step = 0; step <= 10_000; step += 1) recordChange(`Step ${step}`, "canvas", state(`text ${step}`));
  expect(useHistory.getState().past).toHaveLength(10_000);
  let now = state("text 10001");
  for (let count = 9_999; count >= 0; count -= 1) now = travelTo(count, now).state;
  expect(now.text).toBe("text 1");
  expect(travelTo(-1, now).state.text).toBe("text 1");
  for (let count = 1; count <= 10_000; count += 1) now = travelTo(count, now).state;
  expect(now.text).toBe("text 10001");

  // and all of them at once
  now = travelTo(0, now).state;
  expect(now.text).toBe("text 1");
  expect(useHistory.getState().past).toHaveLength(0);
  expect(travelTo(20_000, now).state.text).toBe("text 10001");
});

test("files that steps changed come back with them, and each step keeps only its own", () => {
  recordChange("Change a", "canvas", { ...state("1"), files: { a: "a1" } });
  recordChange("Change b", "text", { ...state("2"), files: { b: "b1" } });
  recordChange("Change a again", "canvas", { ...state("3"), files: { a: "a2" } });
  const files = { a: "a3", b: "b2" };
  expect(filesUntil(0)).toEqual(["a", "b"]);
  const back = travelTo(0, { ...state("4"), files });
  expect(back).toMatchObject({ state: { text: "1", files: { a: "a1", b: "b1" } }, isOfCommands: true });
  expect(useHistory.getState().future.map(({ before }) => before.files)).toEqual([{ a: "a3" }, { b: "b2" }, { a: "a2" }]);
  expect(travelTo(2, back.state)).toMatchObject({ state: { text: "3", files: { a: "a2", b: "b2" } } });
  expect(travelTo(1, { ...state("3"), files: { a: "a2", b: "b2" } })).toMatchObject({ state: { text: "2" }, isOfCommands: false });
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
