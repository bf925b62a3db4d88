import fc from "fast-check";
import { prettyText } from "../../src/model/asl/prettyText.ts";
import { expect, test } from "vitest";
import { isSameValue, readValue, toJson, writeValue } from "../../src/model/asl/value.ts";

test.each([
  ["[0.0,-0.0,-0,0]", "[0.0,-0.0,0,0]"],
  ["[1e2,1.10,1.5,100000000.0]", "[100.0,1.1,1.5,1.0E8]"],
  ["[12345678.9,0.0001,0.001]", "[1.23456789E7,1.0E-4,0.001]"],
  ["[9007199254740993,123456789012345678901234567890]", "[9007199254740993,123456789012345678901234567890]"],
  ['{"b":1,"10":2,"2":{"1":0,"0":0}}', '{"b":1,"10":2,"2":{"1":0,"0":0}}'],
  ['{"a":1,"b":2,"a":3}', '{"a":3,"b":2}'],
  ['{"__proto__":{"x":1.0}}', '{"__proto__":{"x":1.0}}'],
  [' [ 1 , {"a" : "x: 1.0, [2.0"} ] ', '[1,{"a":"x: 1.0, [2.0"}]'],
  ['"\\u001f\\u2028é\\/\\\\u001f"', '"\\u001F\u2028é/\\\\u001f"'],
])("%s is written as AWS writes it: %s", (text, written) => {
  expect(writeValue(readValue(text))).toBe(written);
});

test("any JSON is read as it is and written compactly", () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const value = readValue(text);
      expect(toJson(value)).toEqual(withoutNegativeZero(JSON.parse(text)));
      expect(isSameValue(readValue(writeValue(value)), value)).toBe(true);
      expect(writeValue(readValue(writeValue(value)))).toBe(writeValue(value));
    }),
  );
});

test("keys keep their order, whatever they look like", () => {
  const keys = fc.uniqueArray(fc.oneof(fc.nat(20).map(String), fc.string({ maxLength: 3 })));
  fc.assert(
    fc.property(keys, (names) => {
      const text = `{${names.map((name, index) => `${JSON.stringify(name)}:${index}`).join(",")}}`;
      expect(JSON.parse(`[${[...writeValue(readValue(text)).matchAll(/:(\d+)(?=[,}])/g)].map(([, index]) => index).join(",")}]`)).toEqual(
        names.map((_, index) => index),
      );
    }),
  );
});

function withoutNegativeZero(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

test("text over lines keeps every number and name as it is written", () => {
  expect(prettyText('{"a":1.0,"b":[12345678901234567890,{}],"c":[],"d e":"x, {y}: \\"z\\""}')).toBe(
    `{
  "a": 1.0,
  "b": [
    12345678901234567890,
    {}
  ],
  "c": [],
  "d e": "x, {y}: \\"z\\""
}`,
  );
});
