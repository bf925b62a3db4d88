import fc from "fast-check";
import { expect, test } from "vitest";
import { fillTemplate, itemsAtPath, placeResult, valueAtPath, valueOfPathField } from "../../src/model/asl/expressions.ts";
import { StateFailure } from "../../src/model/asl/failure.ts";
import { readPath } from "../../src/model/asl/jsonPath.ts";
import { parsePath } from "../../src/model/asl/jsonPathParse.ts";
import { readValue, writeValue, type Value } from "../../src/model/asl/value.ts";
import { aslScope } from "../support/aslScope.ts";

const store = readValue(
  '{"store":{"book":[{"kind":"ref","author":"Nigel","price":8.95},{"kind":"fic","author":"Eve","price":12.99},{"kind":"fic","author":"Herman","price":8.99,"isbn":"0-553"},{"kind":"fic","author":"Ray","price":22.99,"isbn":"0-395"}],"bicycle":{"color":"red","price":19.95}},"x y":{"a.b":1},"none":null}',
);

test.each([
  ["$.store.book[*].author", '["Nigel","Eve","Herman","Ray"]'],
  ["$..author", '["Nigel","Eve","Herman","Ray"]'],
  ["$.store..price", "[8.95,12.99,8.99,22.99,19.95]"],
  ["$..book[2].author", '["Herman"]'],
  ["$.store.book[-1].author", '"Ray"'],
  ["$.store.book[-1:].author", '["Ray"]'],
  ["$.store.book[:2].price", "[8.95,12.99]"],
  ["$.store.book[1:3].price", "[12.99,8.99]"],
  ["$.store.book[0,3].price", "[8.95,22.99]"],
  ["$..book[?(@.isbn)].author", '["Herman","Ray"]'],
  ["$.store.book[?(@.price < 10 && @.kind == 'fic')].author", '["Herman"]'],
  ["$.store.book[?(!(@.isbn) || @.price > 20)].author", '["Nigel","Eve","Ray"]'],
  ["$.store.book[?(@.author =~ /h.*n/i)].author", '["Herman"]'],
  ["$.store.book[?(@.kind in ['ref', 'x'])].author", '["Nigel"]'],
  ["$.store.book[?(@.price > $.store.bicycle.price)].author", '["Ray"]'],
  ["$..[?(@.color)].price", "[19.95]"],
  ["$['x y']['a.b']", "1"],
  ["$.store.bicycle['color','price']", '{"color":"red","price":19.95}'],
  ["$.store.book.length()", "4"],
  ["$.store.book[*].price.max()", "22.99"],
  ["$.store.book[9]", "null"],
  ["$.none", "null"],
  ["$.nowhere[*]", "[]"],
  ["$.nowhere[0:1]", "[]"],
  ["$..nowhere", "[]"],
  ["$.store.book[*].isbn", '["0-553","0-395"]'],
])("%s finds %s", (path, found) => {
  expect(writeValue(readPath(parsePath(path), store))).toBe(found);
});

test.each([
  ["$.store.nowhere", "Invalid path '$.store.nowhere' : No results for path: $['store']['nowhere']"],
  ["$.nowhere.x", "Invalid path '$.nowhere.x' : Missing property in path $['nowhere']"],
  [
    "$.store[0]",
    `Invalid path '$.store[0]' : Filter: [0] can only be applied to arrays. Current context is: ${writeValue(store).slice(9, -36)}`,
  ],
  ["$.none[0]", "Invalid path '$.none[0]' : The path $['none'] is null"],
])("%s finds nothing, in AWS's words", (path, text) => {
  expect(() => valueAtPath(path, aslScope(writeValue(store)))).toThrow(text);
});

test("a field whose path finds nothing names the path, the field and what was searched", () => {
  const scope = aslScope('{"a":0.0}');
  expect(() => fillTemplate({ deep: [{ "value.$": "$.b" }] }, scope)).toThrow(
    "The JSONPath '$.b' specified for the field 'value.$' could not be found in the input '{\"a\":0.0}'",
  );
  expect(() => valueOfPathField("$$.Nope", "CausePath", scope)).toThrow(
    "The JSONPath '$$.Nope' specified for the field 'CausePath' could not be found in the input '{\"State\":{\"Name\":\"Here\"}}'",
  );
});

test("templates are filled from input, context and variables; everything else stays", () => {
  const scope = aslScope('{"a":[1,2]}', { variables: { v: { k: [true] } } });
  const template = {
    "all.$": "$",
    "name.$": "$$.State.Name",
    "v.$": "$v.k[0]",
    "n.$": "States.ArrayLength($.a)",
    plain: ["$.a", { $: 1, "x.$": "$.a[1]" }],
  };
  expect(writeValue(fillTemplate(template, scope))).toBe('{"all":{"a":[1,2]},"name":"Here","v":true,"n":2,"plain":["$.a",{"$":1,"x":2}]}');
});

test("a result is placed where ResultPath says, and nowhere else", () => {
  const input = readValue('{"1":{"x":1},"list":[0,{"y":2}],"z":0.0}');
  expect(writeValue(placeResult("$.a.b", input, true))).toBe('{"1":{"x":1},"list":[0,{"y":2}],"z":0.0,"a":{"b":true}}');
  expect(writeValue(placeResult("$['1'].x", input, null))).toBe('{"1":{"x":null},"list":[0,{"y":2}],"z":0.0}');
  expect(writeValue(placeResult("$.list[1].y", input, [3]))).toBe('{"1":{"x":1},"list":[0,{"y":[3]}],"z":0.0}');
  expect(placeResult("$", input, 5)).toBe(5);
  expect(placeResult(null, input, 5)).toBe(input);
  expect(() => placeResult("$.z.deeper", input, 5)).toThrow(`Unable to apply step "deeper" to input ${writeValue(input)}`);
  expect(() => placeResult("$.a", [1], 5)).toThrow('Unable to apply step "a" to input [1]');
});

test("the items of a Map must be an array", () => {
  const scope = aslScope('{"list":[1],"text":"a"}', { variables: { v: [2] } });
  expect(itemsAtPath("$.list", scope)).toEqual([1]);
  expect(itemsAtPath("$v", scope)).toEqual([2]);
  expect(itemsAtPath("$.nowhere[*]", scope)).toEqual([]);
  expect(() => itemsAtPath("$.text", scope)).toThrow('Reference path "$.text" must point to array.');
  expect(() => itemsAtPath("$.missing", scope)).toThrow('Unable to apply step "missing" to input {"list":[1],"text":"a"}');
});

const json = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.oneof(fc.string({ maxLength: 4 }), fc.integer(), fc.boolean(), fc.constant(null)),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.string({ maxLength: 4 }), tie("value"), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

/** Every place in a document with the path that leads there. */
function placesIn(value: unknown, path = "$"): [path: string, value: unknown][] {
  if (typeof value !== "object" || value === null) return [[path, value]];
  const members = Array.isArray(value)
    ? value.map((item: unknown, index) => [`[${index}]`, item] as const)
    : Object.entries(value).map(([key, member]) => [`['${key.replace(/['\\]/g, "\\$&")}']`, member] as const);
  return [[path, value], ...members.flatMap(([step, member]) => placesIn(member, path + step))];
}

test("every place of every document is found by its path", () => {
  fc.assert(
    fc.property(json, (document) => {
      for (const [path, value] of placesIn(document)) expect(readPath(parsePath(path), document)).toEqual(value);
    }),
  );
});

test("descent with a wildcard finds every place once, but for the document itself", () => {
  fc.assert(
    fc.property(json, (document) => {
      const found = readPath(parsePath("$..*"), document);
      const texts = placesIn(document)
        .slice(1)
        .map(([, value]) => JSON.stringify(value));
      expect((Array.isArray(found) ? found : []).map((value) => JSON.stringify(value)).toSorted()).toEqual(texts.toSorted());
    }),
  );
});

test("slices from the front and from the end are those of JavaScript", () => {
  fc.assert(
    fc.property(fc.array(fc.nat()), fc.nat(12), fc.nat(12), (list, from, to) => {
      const read = (slice: string): unknown => readPath(parsePath(`$[${slice}]`), list);
      expect(read(`${from}:${to}`)).toEqual(list.slice(from, to));
      expect(read(`${from}:`)).toEqual(list.slice(from));
      expect(read(`:${to}`)).toEqual(list.slice(0, to));
      if (from > 0) expect(read(`-${from}:`)).toEqual(list.slice(-from));
    }),
  );
});

test("a filter keeps what a predicate keeps", () => {
  fc.assert(
    fc.property(fc.array(fc.record({ n: fc.integer({ min: -5, max: 5 }) })), fc.integer({ min: -5, max: 5 }), (list, limit) => {
      expect(readPath(parsePath(`$[?(@.n >= ${limit})]`), list)).toEqual(list.filter(({ n }) => n >= limit));
    }),
  );
});

test("what was placed is found there, and the rest is as before", () => {
  const names = fc.array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 3 });
  const objects = fc.dictionary(
    fc.constantFrom("a", "b", "x"),
    fc.dictionary(fc.constantFrom("a", "b", "y"), fc.constant({}), { noNullPrototype: true }),
    { noNullPrototype: true },
  );
  fc.assert(
    fc.property(objects, names, json, (document, path, result) => {
      const text = `$.${path.join(".")}`;
      const placed = placeResult(text, document, result);
      expect(readPath(parsePath(text), placed)).toEqual(result);
      for (const key of Object.keys(document)) if (key !== path[0]) expect(readPath(parsePath(`$.${key}`), placed)).toEqual(document[key]);
    }),
  );
});

test("a pattern in a filter that would never end is given up", () => {
  const list = [`${"a".repeat(60)}!`];
  expect(readPath(parsePath("$[?(@ =~ /(a+)+/)]"), list)).toEqual([]);
});

test("junk fails the state and nothing else", () => {
  const piece = fc.constantFrom(
    "$",
    "$$",
    "$v",
    ".a",
    "..",
    "[",
    "]",
    "[0]",
    "['a']",
    "*",
    "?(@.a",
    "==",
    "1",
    ")",
    "(",
    "'",
    "States.Format",
    ",",
    "=~ /(/",
    " ",
    "-1:",
    "{}",
    "\\",
  );
  const scope = aslScope('{"a":[{"a":1}]}', { variables: { v: 1 } });
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 8 }), (pieces) => {
      try {
        valueOfPathField(pieces.join(""), "v.$", scope);
      } catch (error) {
        expect(error).toBeInstanceOf(StateFailure);
      }
    }),
    { numRuns: 2_000 },
  );
});

test("a path that goes everywhere again and again is given up, and long lists are compared in time", () => {
  const nested = readValue(`${"[".repeat(300)}${"]".repeat(300)}`);
  expect(() => valueAtPath("$..*..*..*", { ...aslScope("{}"), input: nested })).toThrow(StateFailure);

  const items = Array.from({ length: 2000 }, (_, index) => ({ a: index }));
  const found = valueAtPath("$.items[?(@.a in $.items[*].a)].a", { ...aslScope("{}"), input: { items } });
  expect(found).toEqual(items.map(({ a }) => a));
  const many = Array.from({ length: 200_000 }, (_, index) => index);
  expect(writeValue(readPath(parsePath("$.many.max()"), { many }))).toBe("199999.0");
});
