import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { cardSize } from "../../src/model/design/cardSize.ts";
import { deriveDesign } from "../../src/model/design/derive.ts";
import type { Canvas, Connection, Design, DesignResource } from "../../src/model/design/design.ts";
import { hidden } from "../../src/model/design/detour.ts";
import { boundsOf, boxOf, curvesOf } from "../../src/model/design/geometry.ts";
import { layoutDesign } from "../../src/model/design/layout.ts";
import type { ConnectionKind } from "../../src/model/service.ts";
import { parseTemplate } from "../../src/model/template/parseTemplate.ts";
import { definitionOf } from "../../src/runtime/services/definitions.ts";

function overlaps(design: Pick<Design, "resources">, nodes: Canvas["nodes"]): string[] {
  const areas = design.resources.map((resource) => ({ id: resource.id, ...nodes[resource.id], ...cardSize(resource) }));
  return areas.flatMap((a, index) =>
    areas.slice(index + 1).flatMap((b) => {
      const [ax, ay, bx, by] = [a.x ?? Number.NaN, a.y ?? Number.NaN, b.x ?? Number.NaN, b.y ?? Number.NaN];
      const isApart = ax + a.width <= bx || bx + b.width <= ax || ay + a.height <= by || by + b.height <= ay;
      return isApart ? [] : [`${a.id} ${b.id}`];
    }),
  );
}

function resource(id: string, routes: number): DesignResource {
  return {
    id,
    type: "AWS::Serverless::Function",
    properties: {},
    effectiveProperties: {},
    isImplicit: false,
    subtitle: "",
    routes: Array.from({ length: routes }, (_, index) => ({ id: `GET /${index}`, method: "GET", path: `/${index}` })),
    runs: true,
    path: ["Resources", id],
    isDisabled: false,
  };
}

function connection(from: string, to: string, kind: ConnectionKind): Connection {
  return { id: `${from}>${to}:${kind}`, kind, from, to, label: "", writtenAt: [] };
}

const anyDesign = fc.integer({ min: 1, max: 40 }).chain((count) =>
  fc.record({
    resources: fc.tuple(
      ...Array.from({ length: count }, (_, index) => fc.integer({ min: 0, max: 14 }).map((routes) => resource(`R${index}`, routes))),
    ),
    connections: fc.array(
      fc
        .tuple(fc.nat(count - 1), fc.nat(count - 1), fc.constantFrom<ConnectionKind>("trigger", "access", "dead-letter", "reference"))
        .map(([from, to, kind]) => connection(`R${from}`, `R${to}`, kind)),
      { maxLength: count * 2 },
    ),
  }),
);

test("the orders example reads from left to right, its dead letters below their queue, its table after its first users", () => {
  const design = deriveDesign(parseTemplate(readFileSync("resources/examples/orders/template.yaml", "utf8"), "template.yaml"), {
    definitionOf,
  });
  const at = layoutDesign(design);
  const x = (id: string): number => at[id]?.x ?? Number.NaN;
  const y = (id: string): number => at[id]?.y ?? Number.NaN;
  expect([x("Web"), x("OrdersApi"), x("CreateOrder"), x("OrderQueue"), x("Fulfil"), x("Orders")]).toEqual([0, 248, 496, 744, 992, 744]);
  expect([x("CreateOrder"), x("GetOrder"), x("ListOrders")]).toEqual([496, 496, 496]);
  expect(x("OrderDLQ")).toBe(x("OrderQueue"));
  expect(y("OrderDLQ")).toBeGreaterThan(y("OrderQueue"));
  // Functions stand in the order of the routes that lead to them.
  expect(y("CreateOrder")).toBeLessThan(y("GetOrder"));
  expect(y("GetOrder")).toBeLessThan(y("ListOrders"));
});

test("nothing overlaps, and the same design always gives the same picture", () => {
  fc.assert(
    fc.property(anyDesign, (design) => {
      const nodes = layoutDesign(design);
      expect(Object.keys(nodes).sort()).toEqual(design.resources.map((each) => each.id).sort());
      expect(overlaps(design, nodes)).toEqual([]);
      expect(layoutDesign(design)).toEqual(nodes);
    }),
    { numRuns: 150 },
  );
});

test("cards that have a place keep it, and new ones find a free one", () => {
  fc.assert(
    fc.property(anyDesign, fc.nat(), (design, choice) => {
      const whole = layoutDesign(design);
      const newcomers = new Set(design.resources.filter((_, index) => (index + choice) % 3 === 0).map((each) => each.id));
      const placed = Object.fromEntries(Object.entries(whole).filter(([id]) => !newcomers.has(id)));
      const fresh = layoutDesign(design, placed);
      expect(new Set(Object.keys(fresh))).toEqual(newcomers);
      expect(overlaps(design, { ...placed, ...fresh })).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

test.each([
  [
    "past the card between its ends",
    ["A", "B", "C"],
    [connection("A", "B", "trigger"), connection("B", "C", "trigger"), connection("A", "C", "access")],
  ],
  [
    "past what hangs first below the same card",
    ["A", "B", "C"],
    [connection("A", "B", "dead-letter"), connection("A", "C", "dead-letter")],
  ],
])("a line is led %s", (_what, ids, connections) => {
  const resources = ids.map((id) => resource(id, 0));
  const at = layoutDesign({ resources, connections });
  for (const [id, curve] of curvesOf({ resources, connections }, at)) {
    const line = connections.find((each) => each.id === id);
    const others = resources.filter((each) => each.id !== line?.from && each.id !== line?.to);
    expect(
      hidden(
        curve,
        others.map((each) => boxOf(each, at)),
      ),
    ).toBe(0);
  }
});

test("hundreds of functions behind one API make a picture of a screen's shape, not a tower", () => {
  const api = resource("Api", 14);
  const functions = Array.from({ length: 300 }, (_, index) => resource(`F${index}`, 0));
  const tables = Array.from({ length: 200 }, (_, index) => resource(`T${index}`, 0));
  const design = {
    resources: [api, ...functions, ...tables],
    connections: [
      ...functions.map(({ id }) => connection("Api", id, "trigger")),
      ...tables.map(({ id }, index) => connection(`F${index}`, id, "access")),
    ],
  };
  const at = layoutDesign(design);
  expect(overlaps(design, at)).toEqual([]);
  const { width = 0, height = 1 } = boundsOf(design.resources.map((each) => boxOf(each, at))) ?? {};
  expect(width / height).toBeGreaterThan(1);
  expect(width / height).toBeLessThan(3);
  // what is called still stands to the right of what calls it
  for (const { from, to } of design.connections) expect(at[to]?.x).toBeGreaterThan(at[from]?.x ?? Number.NaN);
});

test("500 nodes in under 100 ms", () => {
  const resources = Array.from({ length: 500 }, (_, index) => resource(`R${index}`, index % 50 === 0 ? 10 : 0));
  const connections = Array.from({ length: 700 }, (_, index) =>
    connection(`R${(index * 7) % 500}`, `R${(index * 13 + 5) % 500}`, "access"),
  );
  // The best of three: what the machine does besides is not the layout's.
  const milliseconds = [1, 2, 3].map(() => {
    const begun = performance.now();
    expect(Object.keys(layoutDesign({ resources, connections }))).toHaveLength(500);
    return performance.now() - begun;
  });
  expect(Math.min(...milliseconds)).toBeLessThan(100);
});
