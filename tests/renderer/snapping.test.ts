import { expect, test } from "vitest";
import { snapTo } from "../../src/renderer/canvas/dragging/snapping.ts";

const other = { x: 100, y: 100, width: 176, height: 78 };

test("a card near the edge of another is drawn to it, and a line shows both", () => {
  const { by, guides } = snapTo({ x: 104, y: 300, width: 176, height: 78 }, [other], 6);
  expect(by).toEqual({ x: -4, y: 0 });
  expect(guides.map(({ axis, at }) => [axis, at])).toEqual([
    ["x", 100],
    ["x", 276],
  ]);
  expect(guides[0]).toMatchObject({ from: 100, to: 378 });
});

test("middles meet as edges do, the nearest line wins", () => {
  const { by } = snapTo({ x: 400, y: 118, width: 100, height: 40 }, [other, { ...other, x: 600, y: 114 }], 6);
  // its middle is at 138; those of the others at 139 and 153, an upper edge at 114
  expect(by).toEqual({ x: 0, y: 1 });
});

test("out of reach, nothing moves it", () => {
  expect(snapTo({ x: 120, y: 300, width: 176, height: 78 }, [other], 6)).toEqual({ by: { x: 0, y: 0 }, guides: [], gaps: [] });
});

test("between two cards of its row it is drawn to the middle, and both gaps are shown", () => {
  const right = { ...other, x: 700 };
  const { by, gaps } = snapTo({ x: 397, y: 111, width: 176, height: 60 }, [other, right], 6);
  expect(by.x).toBe(3);
  expect(gaps.map(({ axis, from, to }) => [axis, from, to])).toEqual([
    ["x", 276, 400],
    ["x", 576, 700],
  ]);
});

test("beside a row it is drawn to where the row goes on", () => {
  const next = { ...other, x: 340 };
  const { by, gaps } = snapTo({ x: 576, y: 111, width: 170, height: 60 }, [other, next], 6);
  // from 276 to 340 and from 516 to 580
  expect(by.x).toBe(4);
  expect(gaps.filter(({ axis }) => axis === "x")).toHaveLength(2);
});

test("cards of other rows do not count", () => {
  expect(snapTo({ x: 576, y: 800, width: 170, height: 60 }, [other, { ...other, x: 340 }], 6).gaps).toEqual([]);
});
