import fc from "fast-check";
import { expect, test } from "vitest";
import type { Json } from "../../src/model/json.ts";
import {
  evaluateAmount,
  evaluateAssign,
  fillAssign,
  evaluateCondition,
  evaluateFailText,
  evaluateItems,
  evaluateTemplate,
  evaluateWait,
} from "../../src/model/asl/expressions.ts";
import { StateFailure } from "../../src/model/asl/failure.ts";
import { writeValue } from "../../src/model/asl/value.ts";
import { aslScope } from "../support/aslScope.ts";

const scope = aslScope('{"a":1.0,"big":9007199254740993,"items":[{"n":1},{"n":2}],"one":[7],"none":null}', {
  variables: { v: { k: [1, 2] } },
  result: '{"ok":true}',
});

async function evaluate(expression: string): Promise<string> {
  return writeValue(await evaluateTemplate(`{% ${expression} %}`, "Output/r", scope));
}

async function failure(promise: Promise<unknown>): Promise<StateFailure> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof StateFailure) return error;
  throw new Error("The expression did not fail as a state fails.", { cause: error });
}

test.each([
  ["$states.input.a", "1"],
  ["$states.input.big", "9007199254740993"],
  ["$states.input.items.n", "[1,2]"],
  ["$states.input.one", "[7]"],
  ["$states.input.none", "null"],
  ["$states.result.ok", "true"],
  ["$states.context.State.Name", '"Here"'],
  ["$sum($v.k) + $states.input.a", "4"],
  ["$states.input.items[n > 1]", '{"n":2}'],
  ["1e20", "1.0E20"],
  ["$string(1e20)", '"100000000000000000000"'],
  ["[1/0, 0/0]", '["Infinity","NaN"]'],
  ["$partition([0,1,2], 2.9)", "[[0,1],[2]]"],
  ["$partition([0,1])", "[[0,1]]"],
  ["$range(-1.7, 2, 1)", "[-1,0,1,2]"],
  ["$range(3, 3, 1)", "3"],
  ["$hash('Hello', 'MD5')", '"8b1a9953c4611296a827abf8c47804d7"'],
  ["$random(42)", "0.7275636800328681"],
  ["$random(0.9)", "0.730967787376657"],
  ["$uuid()", '"00000000-0000-4000-8000-000000000001"'],
  ['$parse(\'{"b":1.0,"a":[]}\')', '{"b":1,"a":[]}'],
  ["$parse('-0')", "0"],
  ["$map(['{\"a\":1}', '{\"a\":2}'], $parse).a", "[1,2]"],
  ["$now()", '"2026-01-02T03:04:05.000Z"'],
  ["$now('[Y]')", '"2026"'],
  ["$millis()", "1767323045000"],
  ["$distinct([1, {'a': 1, 'b': 2}, 1, {'b': 2, 'a': 1}])", '[1,{"a":1,"b":2}]'],
  ["$pad('x', -3, '#')", '"##x"'],
  ["$contains('hello$world', /^hello\\$/)", "true"],
  [`1${"+1".repeat(99)}`, "100"],
  ["($f := function($x){ $x <= 0 ? 0 : 1 + $f($x-1) }; $f(31))", "31"],
  ["[1..873782] ~> $count()", "873782"],
])("%s gives %s", async (expression, result) => {
  expect(await evaluate(expression)).toBe(result);
});

test.each([
  ["$states.input.missing", "returned nothing (undefined)."],
  ["$partition([], 2)", "returned nothing (undefined)."],
  ["$range(1, 5)", "returned nothing (undefined)."],
  ["$f := function($x){ $x }", "returned an unsupported result type."],
  ["$abs('a')", 'threw an error during evaluation. T0410: Argument 1 of function "abs" does not match function signature'],
  ["$uuid('x')", 'threw an error during evaluation. T0410: Argument 1 of function "uuid" does not match function signature'],
  ["$eval('1+1')", "threw an error during evaluation. T1006: Attempted to invoke a non-function"],
  ["$partition([1], -1)", "threw an error during evaluation. D3137: Second argument must be zero or greater"],
  ["$error('boo')", "threw an error during evaluation. D3137: boo"],
  [
    `1${"+1".repeat(100)}`,
    "threw an error during evaluation: Stack overflow error: Check for non-terminating recursive function. Consider rewriting as tail-recursive",
  ],
  ["$sum([1..873783])", "threw an error during evaluation: Expression evaluation memory limit exceeded: Check for excessive memory usage"],
  [
    "$range(1, 360146, 1)",
    "threw an error during evaluation: Expression evaluation memory limit exceeded: Check for excessive memory usage",
  ],
  [
    "$pad('x', 1000000000)",
    "threw an error during evaluation: Expression evaluation memory limit exceeded: Check for excessive memory usage",
  ],
])("%s %s", async (expression, text) => {
  const { error, text: cause, location } = await failure(evaluate(expression));
  expect(error).toBe("States.QueryEvaluationError");
  expect(cause).toBe(`The JSONata expression '${expression}' specified for the field 'Output/r' ${text}`);
  expect(location).toBe("Output/r");
});

test.each([
  ["$sort([1..5000], function($a, $b){ $b > $a })[0]", 5000],
  ["$sort([3,1,2])", [1, 2, 3]],
  ["$count($sort([1..300000]))", 300_000],
  ["[1..30000]^(>$)[0]", 30_000],
  ["[{'a':2,'b':1},{'a':1,'b':1},{'a':1,'b':2},{'b':9}]^(a,>b).b", [2, 1, 1, 9]],
  ["[[2,'b'],[1,'a']]^($[0])[0]", [1, "a"]],
  ["[{'a':1}]^(a)", { a: 1 }],
  ["[2,1]^($){'n': $}", { n: [1, 2] }],
  ["[2,1]^($)#$i.{'i': $i}", [{ i: 0 }, { i: 1 }]],
  ["$map([1,2], $string)", ["1", "2"]],
  ["$reduce([1,2,3], function($a, $b){ $a + $b }, 10)", 16],
  ["$each({'a':1,'b':2}, function($v, $k){ $k & $v })", ["a1", "b2"]],
  ["$sift({'a':1,'b':2}, function($v){ $v > 1 })", { b: 2 }],
  ["$filter([1,2,3], function($v, $i){ $i > 0 })", [2, 3]],
])("%s sorts and calls functions as the library does, however long the list", async (expression, expected) => {
  expect(JSON.parse(await evaluate(expression))).toEqual(expected);
});

test.each([
  ["[{'a':1},{'a':'x'}]^(a)", "T2007"],
  ["[{'a':true},{'a':1}]^(a)", "T2008"],
  ["$sort([1,'a'])", "D3070"],
])("%s fails", async (expression, code) => {
  expect((await failure(evaluate(expression))).text).toContain(`threw an error during evaluation. ${code}: `);
});

test.each([
  "($f := function($x){ $f($x+1) }; $f(1))",
  "$sum([1..800000][$ in [1..800000]])",
  "$reduce([1..300000], $append)",
  "$sort([1..200000], function($a, $b){ $a < $b })",
])("%s never ends, and is ended while other work goes on", async (expression) => {
  let turns = 0;
  const turning = setInterval(() => (turns += 1), 5);
  const { text } = await failure(evaluate(expression));
  clearInterval(turning);
  expect(text).toContain("threw an error during evaluation: Expression evaluation timeout: Check for infinite loop");
  expect(turns).toBeGreaterThan(5);
});

test("a regular expression that never ends is ended", async () => {
  const { text } = await failure(evaluate(`$contains('${"a".repeat(50)}!', /^(a+)+$/)`));
  expect(text).toContain("Expression evaluation timeout: Check for infinite loop");
});

test("the same expression serves many at once, each with its own input", async () => {
  const template: Json = "{% $sum($map([1..200], function($n){ $n * $states.input.a })) %}";
  const results = await Promise.all([1, 2, 3, 4, 5].map((a) => evaluateTemplate(template, "Output", aslScope(`{"a":${a}}`))));
  expect(results).toEqual([1, 2, 3, 4, 5].map((a) => a * 20_100));
});

test("expressions stand anywhere in a template; other texts stay", async () => {
  const template = { list: ["{% $v.k[0] %}", " {% $v %} ", "$v", { deep: "{%$states.input.a%}" }], n: 1, none: null };
  expect(await evaluateTemplate(template, "Arguments", scope)).toEqual({ list: [1, " {% $v %} ", "$v", { deep: 1 }], n: 1, none: null });
  const nested = await failure(evaluateTemplate({ a: [{ b: "{% $nope %}" }] }, "Arguments", scope));
  expect(nested.location).toBe("Arguments/a[0]/b");
});

test("variables are all set from what was before", async () => {
  const assigned = await evaluateAssign({ v: "{% $v.k[1] %}", w: "{% $v.k[0] %}" }, "Assign", scope);
  expect([...assigned]).toEqual([
    ["v", 2],
    ["w", 1],
  ]);
  expect([...fillAssign({ "x.$": "$.a", y: { "z.$": "$v.k" } }, scope)].map(([name, value]) => [name, writeValue(value)])).toEqual([
    ["x", "1.0"],
    ["y", '{"z":[1,2]}'],
  ]);
  const large = await failure(evaluateAssign({ x: "a".repeat(262_144) }, "Assign", scope));
  expect(large.error).toBe("States.DataLimitExceeded");
});

test("fields say what type they expect", async () => {
  expect(await evaluateCondition("{% $states.input.a = 1 %}", "Choices[0]/Condition", scope)).toBe(true);
  expect((await failure(evaluateCondition("{% 'yes' %}", "Choices[0]/Condition", scope))).text).toBe(
    `The JSONata expression ''yes'' specified for the field 'Choices[0]/Condition' returned an unexpected result type. Expected 'boolean', but was 'string' for value: "yes"`,
  );
  expect((await failure(evaluateItems("{% {'foo': 'bar'} %}", scope))).text).toBe(
    `The JSONata expression '{'foo': 'bar'}' specified for the field 'Items' returned an unexpected result type. Expected 'array', but was 'object' for value: {"foo":"bar"}`,
  );
  expect(await evaluateItems(["{% $states.input.a %}", 2], scope)).toEqual([1, 2]);
  expect(await evaluateFailText({ type: "text", text: "{% 'No ' & $states.input.a %}" }, "Cause", scope)).toBe("No 1");
});

test("numbers at paths are refused in the words of their fields", async () => {
  const given = aslScope('{"n":2,"half":1.5,"text":"x","less":-1,"many":101,"object":{}}');
  const amount = (field: string, path: string): Promise<number> => evaluateAmount({ type: "path", path }, field, given);
  expect(await amount("MaxConcurrency", "$.n")).toBe(2);
  expect(await amount("ToleratedFailurePercentage", "$.half")).toBe(1.5);
  expect((await failure(amount("MaxConcurrency", "$.object"))).text).toBe(
    'The MaxConcurrencyPath field refers to value "{}" which is not a valid integer: $.object',
  );
  expect((await failure(amount("ToleratedFailurePercentage", "$.text"))).text).toBe(
    'The ToleratedFailurePercentagePath field refers to value "x" which is not a valid float: $.text',
  );
  expect((await failure(amount("ToleratedFailureCount", "$.less"))).text).toBe("ToleratedFailureCount cannot be negative.");
  expect((await failure(amount("ToleratedFailurePercentage", "$.many"))).text).toBe(
    "ToleratedFailurePercentage must be between 0 and 100.",
  );
  expect((await failure(amount("TimeoutSeconds", "$.nope"))).text).toBe("Invalid path '$.nope' : No results for path: $['nope']");
});

test("a Wait ends when its field says, and refuses what is no time", async () => {
  const given = aslScope('{"s":10,"less":-1,"half":-1.5,"at":"2026-01-01T00:00:00Z","far":"2400-01-01T00:00:00Z","no":"x"}');
  const now = Date.UTC(2026, 0, 1);
  const seconds = (path: string): Promise<number> => evaluateWait({ type: "seconds", seconds: { type: "path", path } }, now, given);
  expect(await seconds("$.s")).toBe(now + 10_000);
  expect(await evaluateWait({ type: "timestampPath", path: "$.at" }, now, given)).toBe(now);
  expect(
    await evaluateWait({ type: "seconds", seconds: { type: "expression", expression: "{% $states.input.s * 2 %}" } }, now, given),
  ).toBe(now + 20_000);
  expect((await failure(seconds("$.nope"))).text).toBe("The SecondsPath parameter does not reference an input value: $.nope");
  expect((await failure(seconds("$.less"))).text).toBe("The SecondsPath parameter references a negative value: $.less == -1");
  expect((await failure(seconds("$.half"))).text).toBe("The SecondsPath parameter cannot be parsed as a long value: $.half == -1.5");
  expect((await failure(evaluateWait({ type: "timestampPath", path: "$.far" }, now, given))).text).toBe("Wait state delay is too long.");
  expect((await failure(evaluateWait({ type: "timestampPath", path: "$.no" }, now, given))).text).toBe(
    "The TimestampPath parameter does not reference a valid ISO-8601 extended offset date-time format string: $.no == x",
  );
});

test("junk fails the state and nothing else", async () => {
  const piece = fc.constantFrom(
    "$",
    "$states",
    ".input",
    "$v",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "1",
    "'a'",
    "+",
    "~>",
    "$map",
    "$sum",
    ":=",
    "function",
    ",",
    ";",
    "..",
    "/a/",
    "?",
    ":",
    "%",
    "@$x",
    "#$i",
    "^",
    "null",
    "$parse",
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 7 }), async (pieces) => {
      const outcome = await evaluate(pieces.join("")).catch((error: unknown) => error);
      expect(typeof outcome === "string" || outcome instanceof StateFailure).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});
