import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { deriveDesign } from "../../src/model/design/derive.ts";
import { kindOf } from "../../src/model/design/kinds.ts";
import { layerView } from "../../src/model/design/views/layer.ts";
import { english } from "../../src/model/words.ts";
import { designSvg } from "../../src/model/export/designSvg.ts";
import { englishWords } from "../../src/model/export/pictureWords.ts";
import { noteLines } from "../../src/model/export/noteLines.ts";
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
  // by the icons of their kinds, not by a type that no template has
  expect(collapsed).not.toContain("Contrail::Group");
});

test("without ground, nothing is drawn behind the cards", () => {
  const canvas = { version: 1 as const, nodes: {}, notes: [] };
  expect(designSvg({ ...input, canvas })).toContain("url(#dots)");
  const bare = designSvg({ ...input, canvas, ground: "none" });
  expect(bare).not.toContain("url(#dots)");
  // lines end before the words upon them
  expect(bare).toContain('<g mask="url(#labels)">');
  expect(bare).toContain(".canvas{fill:none}");
});

const plain = (text: string) => noteLines(text, 400).map(({ runs, marker = "" }) => marker + runs.map((run) => run.text).join(""));

test("a note's Markdown is set as on the canvas: headings, lists, strong words, code", () => {
  expect(plain("# Path\nIs **stored** in `Orders`, see [docs](https://example.com).\n- *one* item_of_two\n2. next\n> said")).toEqual([
    "Path",
    "Is stored in Orders, see docs.",
    "•one item_of_two",
    "2.next",
    "said",
  ]);
  const [, second] = noteLines("# Path\nIs **stored** in `Orders`", 400);
  expect(second?.runs.map(({ style }) => style)).toEqual(["plain", "strong", "plain", "code"]);
  // the first line is the heading, marked as one or not
  expect(noteLines("Nobody conducts\nEach service reacts.", 400).map(({ kind }) => kind)).toEqual(["heading", "text"]);
});

test("a note's lines break at spaces, and inside a word that is wider than the note", () => {
  expect(noteLines("\nan order waits for a person", 60).map(({ runs }) => runs.map(({ text }) => text.trim()).join(""))).toEqual([
    "an order",
    "waits for a",
    "person",
  ]);
  expect(noteLines("\nDonaudampfschifffahrtsgesellschaft", 60).length).toBeGreaterThan(2);
});

test("frames are drawn with number and name, and the picture is as large as they ask", () => {
  const frame = { id: "frame:1", name: "Way in & out", x: -2000, y: -1000, width: 400, height: 300 };
  const picture = designSvg({ ...input, canvas: { version: 1, nodes: {}, notes: [], frames: [frame] } });
  expect(picture).toContain('<tspan class="frame-number">1</tspan> Way in &amp; out</text>');
  expect(/viewBox="(-?\d+) (-?\d+)/.exec(picture)?.slice(1).map(Number)).toEqual([-2040, -1068]);
});

test("a tip says where a line arrives", () => {
  const picture = designSvg({ ...input, canvas: { version: 1, nodes: {}, notes: [] } });
  expect(picture.match(/class="tip/g)).toHaveLength(design.connections.length);
});

test("a part of the canvas is a picture of its own, with what has its middle there", () => {
  const canvas = { version: 1 as const, nodes: { OrderQueue: { x: 0, y: 0 }, OrderDLQ: { x: 0, y: 500 } }, notes: [] };
  const picture = designSvg({ ...input, canvas, part: { x: -20, y: -20, width: 200, height: 140 } });
  expect(picture).toContain("OrderQueue (AWS::SQS::Queue)");
  expect(picture).not.toContain("OrderDLQ (AWS::SQS::Queue)");
  // wide enough for the card that reaches out of it, with a margin
  expect(/viewBox="(-?\d+) (-?\d+) (\d+)/.exec(picture)?.slice(1).map(Number)).toEqual([-40, -40, 240]);
});

test("a heading has room above the picture, however narrow that is", () => {
  const heading = { title: "The way of an order through the whole of the shop & back", detail: "9 resources" };
  const part = { x: 0, y: 0, width: 100, height: 100 };
  const picture = designSvg({ ...input, canvas: { version: 1, nodes: {}, notes: [] }, part, heading });
  expect(picture).toContain("of the shop &amp; back</text>");
  expect(Number(/ width="(\d+)"/.exec(picture)?.[1])).toBeGreaterThan(500);
});

test("a picture of a layer says what the layer says, and what does not concern it steps back", () => {
  const canvas = { version: 1 as const, nodes: {}, notes: [] };
  const { connections, facts } = layerView(design, "security");
  const layer = {
    connections: new Map([...(connections ?? [])].map(([id, line]) => [id, english(line)])),
    facts: new Map([...facts].map(([id, fact]) => [id, { ...fact, text: english(fact.text) }])),
  };
  const security = designSvg({ ...input, canvas, view: { ...layer, isLayered: true, path: null } });
  expect(security).toContain(">open to everyone</text>");
  expect(layer.connections.size).toBeGreaterThan(0);
  for (const words of layer.connections.values()) expect(security).toContain(`>${words}</text>`);
  expect(security).toMatch(/class="line dead-letter dim"/);
  const path = { cards: new Set(["OrderQueue"]), connections: new Set<string>() };
  const followed = designSvg({ ...input, canvas, view: { connections: null, facts: new Map(), isLayered: false, path } });
  expect(followed.match(/<g class="\w+ dim"/g)).toHaveLength(design.resources.length - 1);
});

test("what a picture says by itself is in its language", () => {
  const words = { ...englishWords, subtitle: () => "Warteschlange", notRun: (type: string) => `läuft nicht · ${type}` };
  const resources = design.resources.map((resource) => ({ ...resource, runs: false }));
  const picture = designSvg({ ...input, design: { ...design, resources }, canvas: { version: 1, nodes: {}, notes: [] }, words });
  expect(picture).toContain(">Warteschlange</text>");
  expect(picture).toContain(">läuft nicht · SQS::Queue</text>");
});

test("a name that is too long for one line has two, broken between its words", () => {
  const resources = design.resources.map((resource) =>
    resource.id === "Orders" ? { ...resource, id: "OrdersOfTheWholeShopSinceItBegan" } : resource,
  );
  const picture = designSvg({ ...input, design: { resources, connections: [] }, canvas: { version: 1, nodes: {}, notes: [] } });
  expect(picture).toMatch(/>OrdersOf[A-Za-z]*<\/text><text class="title"[^>]*>[A-Z][A-Za-z]*…?<\/text>/);
});
