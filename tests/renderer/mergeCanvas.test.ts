import { expect, test } from "vitest";
import { mergeCanvas } from "../../src/renderer/canvas/mergeCanvas.ts";

const note = (text: string) => ({ id: "note:1", x: 0, y: 0, width: 100, height: 40, text });
const canvas = (nodes: Record<string, { x: number; y: number }>, notes: ReturnType<typeof note>[] = []) => ({
  version: 1 as const,
  nodes,
  notes,
});

test("each card stands where it was moved last, by whomever", () => {
  const base = canvas({ A: { x: 0, y: 0 }, B: { x: 0, y: 0 }, C: { x: 0, y: 0 }, Gone: { x: 1, y: 1 } });
  const mine = canvas({ A: { x: 5, y: 0 }, B: { x: 0, y: 0 }, C: { x: 7, y: 7 }, Gone: { x: 1, y: 1 } });
  const theirs = canvas({ A: { x: 0, y: 0 }, B: { x: 9, y: 0 }, C: { x: 3, y: 3 }, New: { x: 2, y: 2 } });
  expect(mergeCanvas(base, mine, theirs).nodes).toEqual({ A: { x: 5, y: 0 }, B: { x: 9, y: 0 }, C: { x: 7, y: 7 }, New: { x: 2, y: 2 } });
});

test("a note that we deleted stays deleted, one that they wrote comes", () => {
  expect(mergeCanvas(canvas({}, [note("old")]), canvas({}), canvas({}, [note("old")])).notes).toEqual([]);
  expect(mergeCanvas(canvas({}), canvas({}), canvas({}, [note("theirs")])).notes).toEqual([note("theirs")]);
});
