import fc from "fast-check";
import { expect, test } from "vitest";
import { valueOfPathField } from "../../src/model/asl/expressions.ts";
import { JavaRandom } from "../../src/model/asl/javaText.ts";
import { writeValue } from "../../src/model/asl/value.ts";
import { aslScope } from "../support/aslScope.ts";

function evaluate(expression: string, input = "{}"): string {
  return writeValue(valueOfPathField(expression, "v.$", aslScope(input)));
}

// Most of these are what AWS was seen to answer, be it in its documentation or in recordings that others published.
test.each([
  [
    "States.Format('{} of {}: {}', $.n, $.o, null)",
    '{"n":0.0,"o":{"Arg1":1,"Arg2":["a",null]}}',
    '"0.0 of {Arg1=1, Arg2=[a, null]}: null"',
  ],
  ["States.Format('it\\'s \\{{}\\}', true)", "{}", '"it\'s {true}"'],
  ["States.Format($.t, $.name)", '{"t":"Hello {}","name":"Ada"}', '"Hello Ada"'],
  ["States.Format('{}', States.StringToJson($.j))", '{"j":"\\"x\\""}', '"\\"x\\""'],
  ["States.StringToJson($.j)", '{"j":" {\\"b\\":1.0,\\"a\\":2} "}', '{"b":1.0,"a":2}'],
  ["States.StringToJson('')", "{}", "null"],
  ["States.JsonToString($)", '{"b":1,"a":[0.0]}', '"{\\"b\\":1,\\"a\\":[0.0]}"'],
  ["States.Array( 42 , true,null,'hello', -1.5e2)", "{}", '[42,true,null,"hello",-150.0]'],
  ["States.ArrayPartition($.a, 2.9)", '{"a":[1,2,3]}', "[[1,2],[3]]"],
  ["States.ArrayContains($.a, 9007199254740991)", '{"a":["9007199254740991"]}', "true"],
  ["States.ArrayContains($.a, $.o)", '{"a":[{"x":1,"y":2}],"o":{"y":2,"x":1}}', "false"],
  ["States.ArrayRange(1.6, 1.4, 1)", "{}", "[1]"],
  ["States.ArrayRange(5, 1, -2)", "{}", "[5,3,1]"],
  ["States.ArrayRange(5, 1, 1)", "{}", "[]"],
  ["States.ArrayGetItem($.a, 1.2)", '{"a":[10,20]}', "20"],
  ["States.ArrayGetItem($.a, 999)", '{"a":[]}', "null"],
  ["States.ArrayUnique($.a)", '{"a":[true,false,true]}', "[false,true]"],
  ["States.ArrayUnique($.a)", '{"a":[[1,2],[2,1],[1,2]]}', "[[2,1],[1,2]]"],
  ["States.ArrayUnique($.a)", '{"a":[{"a":1,"b":2},{"b":2,"a":1}]}', '[{"a":1,"b":2}]'],
  ["States.Base64Decode('!!!ab==cd')", "{}", '"i"'],
  ["States.Hash(123, 'SHA-256')", "{}", '"a665a45920422f9d417e4867efdc4fb8a04a1f3fff1fa07e998e86f7f7a27ae3"'],
  ["States.JsonMerge($.l, $.r, $.deep)", '{"l":{"a":{"x":1},"b":1},"r":{"a":{"y":1}},"deep":"true"}', '{"a":{"y":1},"b":1}'],
  ["States.MathRandom(-5, 5, 42)", "{}", "-5"],
  ["States.MathAdd(-1.5, 2.5)", "{}", "2"],
  ["States.MathAdd(2147483646, 1)", "{}", "2147483647"],
  ["States.StringSplit(',a.,b', ',.')", "{}", '["a","b"]'],
  ["States.StringSplit($.s, '')", '{"s":"abc"}', '["abc"]'],
  ["States.ArrayGetItem(States.StringSplit($$.State.Name, 'r'), 0)", "{}", '"He"'],
  ["States.UUID()", "{}", '"00000000-0000-4000-8000-000000000001"'],
])("%s of %s gives %s", (expression, input, result) => {
  expect(evaluate(expression, input)).toBe(result);
});

test.each([
  "States.Format('{} {}', 1)",
  "States.Format('{')",
  "States.Format(1)",
  "States.StringToJson('{bad}')",
  "States.StringToJson(1)",
  "States.JsonToString()",
  "States.ArrayPartition(States.Array(1), 0.6)",
  "States.ArrayPartition('a', 1)",
  "States.ArrayContains(1, 1)",
  "States.ArrayRange(1, 10, 0.49)",
  "States.ArrayRange(1, 1001, 1)",
  "States.ArrayGetItem(States.Array(1), 1)",
  "States.ArrayGetItem(States.Array(1), -1)",
  "States.ArrayLength('a', 1)",
  "States.Base64Encode(1)",
  "States.Hash('a', 'sha-256')",
  "States.JsonMerge(States.StringToJson('{}'), States.StringToJson('{}'), true)",
  "States.MathRandom(1.4, 1.6)",
  "States.MathRandom(1, 10, null)",
  "States.MathAdd(2147483647, 1)",
  "States.MathAdd('1', 1)",
  "States.StringSplit(null, ',')",
])("%s has invalid arguments", (expression) => {
  const name = expression.slice(0, expression.indexOf("("));
  expect(() => evaluate(expression)).toThrow(`The function '${expression}' had the following error: Invalid arguments in ${name}`);
});

test("an argument that is not there is named, with the whole expression", () => {
  const expression = "States.Format('{}', States.Format('{}',$.nope))";
  expect(() => evaluate(expression, '{"other":1}')).toThrow(
    `The function '${expression}' had the following error: The JsonPath argument for the field '$.nope' could not be found in the input '{"other":1}'`,
  );
  expect(() => evaluate("States.Format('{}', $.list[5])", '{"list":[1]}')).toThrow("for the field '$.list[5]' could not be found");
  expect(() => evaluate("States.Format('{}', $.other[0])", '{"other":1}')).toThrow(
    "Filter: [0] can only be applied to arrays. Current context is: 1",
  );
  expect(() => evaluate("States.Format('{}', $$.Nope.Deep)", '{"other":1}')).toThrow(
    `for the field '$.Nope.Deep' could not be found in the input '{"other":1}'`,
  );
});

test("seeded numbers are Java's", () => {
  const random = new JavaRandom(42);
  expect([random.nextInt(10), random.nextInt(10), random.nextInt(16)]).toEqual([0, 3, 10]);
  expect(new JavaRandom(42).nextDouble()).toBe(0.7275636800328681);
  expect(new JavaRandom(0).nextDouble()).toBe(0.730967787376657);
});

const of = (value: unknown): string => JSON.stringify({ a: value });
const json = fc.jsonValue();

test("JSON survives the way to text and back", () => {
  fc.assert(
    fc.property(json, (value) => {
      const input = of(JSON.parse(JSON.stringify(value)));
      expect(evaluate("States.StringToJson(States.JsonToString($.a))", input)).toBe(evaluate("$.a", input));
    }),
  );
});

test("any text survives Base64, which is that of Node", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), (text) => {
      const encoded = JSON.parse(evaluate("States.Base64Encode($.a)", of(text)));
      expect(encoded).toBe(Buffer.from(text).toString("base64"));
      expect(JSON.parse(evaluate("States.Base64Decode($.a)", of(encoded)))).toBe(text);
    }),
  );
});

test("partitions put together are the array, none larger than asked", () => {
  fc.assert(
    fc.property(fc.array(fc.nat()), fc.integer({ min: 1, max: 9 }), (list, size) => {
      const chunks: number[][] = JSON.parse(evaluate(`States.ArrayPartition($.a, ${size})`, of(list)));
      expect(chunks.flat()).toEqual(list);
      expect(chunks.slice(0, -1).every((chunk) => chunk.length === size)).toBe(true);
    }),
  );
});

test("unique values are all values once", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom("a", "b", true, null))), (list) => {
      const unique: unknown[] = JSON.parse(evaluate("States.ArrayUnique($.a)", of(list)));
      expect(new Set(unique)).toEqual(new Set(list));
      expect(unique).toHaveLength(new Set(list).size);
    }),
  );
});

test("ranges go in equal steps from the first to no further than the last", () => {
  const number = fc.integer({ min: -300, max: 300 });
  fc.assert(
    fc.property(number, number, number, (first, last, step) => {
      fc.pre(step !== 0);
      const range: number[] = JSON.parse(evaluate(`States.ArrayRange(${first}, ${last}, ${step})`));
      expect(range).toEqual(range.map((_, index) => first + index * step));
      expect(range.length > 0).toBe(step > 0 ? first <= last : first >= last);
      if (range.length > 0) expect(Math.abs(last - (range.at(-1) ?? 0))).toBeLessThan(Math.abs(step));
    }),
  );
});

test("seeded random numbers stay within their bounds and are always the same", () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e6, max: 1e6 }), fc.integer({ min: 1, max: 1e6 }), fc.integer(), (start, size, seed) => {
      const expression = `States.MathRandom(${start}, ${start + size}, ${seed})`;
      const number = Number(evaluate(expression));
      expect(number >= start && number < start + size).toBe(true);
      expect(evaluate(expression)).toBe(String(number));
    }),
  );
});
