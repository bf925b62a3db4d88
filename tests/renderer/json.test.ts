import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { Json } from "../../src/model/json.ts";
import { compactJson } from "../../src/renderer/editors/json/compactJson.ts";
import { jsonLines } from "../../src/renderer/editors/json/jsonLines.ts";
import { jsonDifference, jsonTree, type JsonNode } from "../../src/renderer/editors/json/jsonTree.ts";
import { plainItem, typedItem, typedLike } from "../../src/renderer/editors/json/plainItem.ts";

function marked(before: Json | undefined, after: Json | undefined): string[] {
  return jsonLines(jsonDifference(before, after), new Set())
    .filter((line) => line.part !== "close")
    .map(
      ({ node }) =>
        `${{ same: " ", added: "+", removed: "-" }[node.change]}${node.name ?? ""}${node.shape === "leaf" ? `=${JSON.stringify(node.value)}` : ""}`,
    );
}

test("a changed item shows what was and what became, in the newer order", () => {
  const before = { id: "o-1", status: "draft", total: 84.5, note: "x" };
  const after = { id: "o-1", status: "placed", placedAt: "now", total: 84.5 };
  expect(marked(before, after)).toEqual([
    " ",
    ' id="o-1"',
    '-status="draft"',
    '+status="placed"',
    '+placedAt="now"',
    " total=84.5",
    '-note="x"',
  ]);
});

test("an element put into a list is one addition, not a change of all that follow", () => {
  expect(marked(["a", "b", "c"], ["a", "x", "b", "c"])).toEqual([" ", ' ="a"', '+="x"', ' ="b"', ' ="c"']);
});

test("a new item is added as a whole, a deleted one removed", () => {
  expect(marked(undefined, { id: 1 })).toEqual(["+", "+id=1"]);
  expect(marked({ id: 1 }, undefined)).toEqual(["-", "-id=1"]);
});

test("what is left when removed lines are taken away is the newer value", () => {
  const rebuilt = (node: JsonNode): Json => {
    const kept = node.children.filter((child) => child.change !== "removed");
    if (node.shape === "array") return kept.map(rebuilt);
    if (node.shape === "object") return Object.fromEntries(kept.map((child) => [child.name ?? "", rebuilt(child)]));
    return node.value;
  };
  const json = fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)) as Json);
  fc.assert(
    fc.property(json, json, (before, after) => {
      const newest = jsonDifference(before, after).find((node) => node.change !== "removed");
      expect(newest && rebuilt(newest)).toEqual(after);
    }),
  );
});

test("text that holds JSON opens, other text stays text", () => {
  const tree = jsonTree({ body: '{"a":1}', name: "12" });
  expect(tree.children.map((child) => [child.shape, child.isEmbedded])).toEqual([
    ["object", true],
    ["leaf", false],
  ]);
});

test("items read as plain JSON and write back as they were", () => {
  const item = {
    id: { S: "o-1" },
    total: { N: "84.5" },
    lines: { L: [{ M: { sku: { S: "tea" }, gift: { BOOL: false } } }] },
    gone: { NULL: true },
  };
  expect(plainItem(item)).toEqual({ id: "o-1", total: 84.5, lines: [{ sku: "tea", gift: false }], gone: null });
  expect(typedItem(plainItem(item))).toEqual(item);
});

test("an item that was not edited is written back byte for byte", () => {
  const item = {
    tags: { SS: ["a"] },
    sizes: { NS: ["1", "2.50"] },
    big: { N: "12345678901234567890" },
    photo: { B: "AAEC" },
    inner: { M: { set: { SS: ["x"] } } },
  };
  expect(typedLike(plainItem(item), item)).toEqual(item);
});

test("an edited item keeps the types that plain JSON cannot tell", () => {
  const before = {
    id: { S: "a" },
    tags: { SS: ["x"] },
    big: { N: "12345678901234567890" },
    photo: { B: "AAEC" },
    count: { N: "1" },
    note: { S: "1" },
  };
  const edited = { id: "a", tags: ["x", "y"], big: "12345678901234567890", photo: "AAEC", count: 2, note: "2" };
  expect(typedLike(edited, before)).toEqual({
    id: { S: "a" },
    tags: { SS: ["x", "y"] },
    big: { N: "12345678901234567890" },
    photo: { B: "AAEC" },
    count: { N: "2" },
    note: { S: "2" },
  });
});

test("a message is written with what is short on one line", () => {
  const put = { TableName: "Bookings", Item: { id: { S: "2b992a5d-1d96-48a6" }, seat: { S: "C7" }, tags: [] } };
  expect(compactJson(put)).toBe(`{
  "TableName": "Bookings",
  "Item": {
    "id": { "S": "2b992a5d-1d96-48a6" },
    "seat": { "S": "C7" },
    "tags": []
  }
}`);
});

test("however a message is written, it is the same message", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.stringify(JSON.parse(compactJson(value as Json)))).toBe(JSON.stringify(value));
    }),
  );
});
