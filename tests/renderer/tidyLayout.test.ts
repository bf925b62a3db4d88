import ELK from "elkjs/lib/elk.bundled.js";
import { expect, test } from "vitest";
import { cardSize } from "../../src/model/design/cardSize.ts";
import type { Connection, DesignResource } from "../../src/model/design/design.ts";
import { tidyLayout } from "../../src/renderer/canvas/tidying/tidyLayout.ts";

const elk = new ELK();
const run = (graph: Parameters<typeof elk.layout>[0]) => elk.layout(graph);

function resource(id: string): DesignResource {
  return {
    id,
    type: "AWS::SQS::Queue",
    properties: {},
    effectiveProperties: {},
    isImplicit: false,
    subtitle: "",
    routes: [],
    runs: true,
    path: ["Resources", id],
    isDisabled: false,
  };
}

function connection(from: string, to: string, kind: Connection["kind"] = "trigger"): Connection {
  return { id: `${from}>${to}`, kind, from, to, label: "", writtenAt: [] };
}

const design = {
  resources: ["Api", "Read", "Write", "Table", "Queue", "Dead", "Worker", "Alone"].map(resource),
  connections: [
    connection("Api", "Read"),
    connection("Api", "Write"),
    connection("Read", "Table", "access"),
    connection("Write", "Table", "access"),
    connection("Write", "Queue", "access"),
    connection("Queue", "Dead", "dead-letter"),
    connection("Queue", "Worker"),
  ],
};
const { width, height } = cardSize({ routes: [] });

function overlaps(positions: Readonly<Record<string, { x: number; y: number }>>): string[] {
  const all = Object.entries(positions);
  return all.flatMap(([id, a], index) =>
    all
      .slice(index + 1)
      .filter(([, b]) => Math.abs(a.x - b.x) < width && Math.abs(a.y - b.y) < height)
      .map(([other]) => `${id} ${other}`),
  );
}

test("requests run from left to right, dead letters hang below their queue, nothing overlaps", async () => {
  const at = await tidyLayout(design, [], {}, run);
  expect(Object.keys(at).toSorted()).toEqual(design.resources.map(({ id }) => id).toSorted());
  expect(overlaps(at)).toEqual([]);
  expect(at["Api"]!.x).toBeLessThan(at["Write"]!.x);
  expect(at["Write"]!.x).toBeLessThan(at["Queue"]!.x);
  expect(at["Queue"]!.x).toBeLessThan(at["Worker"]!.x);
  expect(at["Dead"]!.x).toBe(at["Queue"]!.x);
  expect(at["Dead"]!.y).toBeGreaterThan(at["Queue"]!.y);
});

test("the same design gives the same picture", async () => {
  expect(await tidyLayout(design, [], {}, run)).toEqual(await tidyLayout(design, [], {}, run));
});

test("a group keeps its members together: no other card stands among them", async () => {
  const members = ["Read", "Queue", "Worker", "Dead"];
  const at = await tidyLayout(design, [{ id: "group:1", name: "G", colour: "blue", members }], {}, run);
  expect(overlaps(at)).toEqual([]);
  const xs = members.map((id) => at[id]!.x);
  const ys = members.map((id) => at[id]!.y);
  const box = { left: Math.min(...xs), right: Math.max(...xs) + width, top: Math.min(...ys), bottom: Math.max(...ys) + height };
  const others = Object.entries(at).filter(([id]) => !members.includes(id));
  for (const [id, { x, y }] of others) {
    const isAmong = x < box.right && x + width > box.left && y < box.bottom && y + height > box.top;
    expect([id, isAmong]).toEqual([id, false]);
  }
});

test("what is pinned stays, and nothing is put upon it", async () => {
  const pinned = { Worker: { x: 1000, y: 400 }, Api: { x: 0, y: 0 } };
  const at = await tidyLayout(design, [], pinned, run);
  expect(at["Worker"]).toBeUndefined();
  expect(overlaps({ ...at, ...pinned })).toEqual([]);
});
