import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { deriveDesign } from "../../src/model/design/derive.ts";
import { kindOf } from "../../src/model/design/kinds.ts";
import { designSvg } from "../../src/model/export/designSvg.ts";
import { plainWords } from "../../src/model/export/plainWords.ts";
import { parseTemplate } from "../../src/model/template/parseTemplate.ts";
import { definitionOf } from "../../src/runtime/services/definitions.ts";

const text = await readFile("resources/examples/orders/template.yaml", "utf8");
const design = deriveDesign(parseTemplate(text, "template.yaml"), { definitionOf, parameters: {} });
const members = ["OrderQueue", "OrderDLQ", "Fulfil"];
const group = { id: "group:1", name: "Fulfilment & co", colour: "violet" as const, members };
const input = {
  design,
  title: "orders",
  theme: "light" as const,
  lookOf: (type: string) => kindOf(type, definitionOf(type)),
  icon: () => "",
};

test("a picture shows open groups with their names, and a collapsed one as one card", () => {
  const open = designSvg({ ...input, canvas: { version: 1, nodes: {}, notes: [], groups: [group] } });
  expect(open).toContain(">Fulfilment &amp; co</text>");
  expect(open).toContain("OrderQueue (AWS::SQS::Queue)");
  const collapsed = designSvg({ ...input, canvas: { version: 1, nodes: {}, notes: [], groups: [{ ...group, isCollapsed: true }] } });
  expect(collapsed).not.toContain("OrderQueue (AWS::SQS::Queue)");
  expect(collapsed).toContain("3 resources");
});

test("without ground, nothing is drawn behind the cards", () => {
  const canvas = { version: 1 as const, nodes: {}, notes: [] };
  expect(designSvg({ ...input, canvas })).toContain("url(#dots)");
  expect(designSvg({ ...input, canvas, ground: "none" })).not.toContain("url(#dots)");
});

test("Markdown's marks are left out where words cannot be set", () => {
  expect(plainWords("# Path\nIs **stored** in `Orders`, see [docs](https://example.com).\n- *one* item\n> said")).toBe(
    "Path\nIs stored in Orders, see docs.\n• one item\nsaid",
  );
});
