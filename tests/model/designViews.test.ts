import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { deriveDesign } from "../../src/model/design/derive.ts";
import { layerView, type Layer } from "../../src/model/design/views/layer.ts";
import { pathFrom } from "../../src/model/design/views/path.ts";
import { parseTemplate } from "../../src/model/template/parseTemplate.ts";
import { definitionOf } from "../../src/runtime/services/definitions.ts";
import { english } from "../../src/model/words.ts";

const text = await readFile("resources/examples/orders/template.yaml", "utf8");
const design = deriveDesign(parseTemplate(text, "template.yaml"), { definitionOf, parameters: {} });
const route = design.connections.find(({ fromRoute }) => fromRoute === "POST /orders")!;

test("the path of a request is what can follow from its route, and the CDN in front", () => {
  const { cards, connections } = pathFrom(design, { connection: route.id });
  expect([...cards].toSorted()).toEqual(["CreateOrder", "Fulfil", "OrderDLQ", "OrderQueue", "Orders", "OrdersApi", "Web"]);
  expect(connections.has(route.id)).toBe(true);
  expect([...connections].some((id) => id.includes("GetOrder"))).toBe(false);
});

test("circles of a design end", () => {
  const line = (from: string, to: string) => ({ id: `${from}${to}`, kind: "target" as const, from, to, label: "", writtenAt: [] });
  const { cards } = pathFrom({ connections: [line("A", "B"), line("B", "C"), line("C", "A"), line("D", "A")] }, { card: "A" });
  expect([...cards].toSorted()).toEqual(["A", "B", "C"]);
});

/** What a layer says, in English. */
function englishView(layer: Layer) {
  const { connections, facts } = layerView(design, layer);
  return {
    connections: connections && new Map([...connections].map(([id, line]) => [id, english(line)])),
    facts: new Map([...facts].map(([id, { text, tone }]) => [id, { text: english(text), tone }])),
  };
}

test("security: who may use what, and what is open to everyone", () => {
  const { connections, facts } = englishView("security");
  const access = design.connections.find(({ from, to }) => from === "CreateOrder" && to === "Orders")!;
  expect(connections?.get(access.id)).toBe("read, write");
  expect(connections?.has(design.connections.find(({ kind }) => kind === "dead-letter")!.id)).toBe(false);
  expect(facts.get("OrdersApi")).toEqual({ text: "open to everyone", tone: "warning" });
  expect(facts.get("Orders")).toEqual({ text: "used by 4", tone: "plain" });
});

test("failure: how often, and where what failed is kept", () => {
  const { connections, facts } = englishView("failure");
  const poll = design.connections.find(({ from, to }) => from === "OrderQueue" && to === "Fulfil")!;
  expect(connections?.get(poll.id)).toBe("3 tries");
  expect(facts.get("OrderQueue")).toEqual({ text: "dead letters kept", tone: "ok" });
  expect(facts.get("OrderDLQ")).toEqual({ text: "catches what failed", tone: "ok" });
  expect(facts.get("CreateOrder")?.text).toBe("the caller is told");
});

test("cost: list prices by what the template says", () => {
  const { facts } = englishView("cost");
  expect(facts.get("OrdersApi")?.text).toBe("$1 / M");
  expect(facts.get("OrderQueue")?.text).toBe("$0.40 / M");
  expect(facts.get("CreateOrder")?.text).toMatch(/^≈ \$0\.\d\d \/ M at 100 ms$/);
});
