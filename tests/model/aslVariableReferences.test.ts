import { expect, it } from "vitest";
import { variableReferences } from "../../src/model/asl/variableReferences.ts";
import type { Json } from "../../src/model/json.ts";

function read(state: Record<string, Json>): readonly string[] | undefined {
  return variableReferences({ States: { S: state } })["S"];
}

it("reads variables of paths, of calls and of operands, sorted", () => {
  const Choices: Json = [{ And: [{ Variable: "$b", StringEqualsPath: "$a.x" }], Next: "N" }];
  expect(read({ Type: "Choice", Choices })).toEqual(["a", "b"]);
  expect(read({ InputPath: "$größe[0]", OutputPath: "$$.Execution", ResultPath: "$.x" })).toEqual(["größe"]);
  expect(read({ Parameters: { deep: [{ "x.$": "States.Format('$no {}', $yes, $.a[?(@.b == $filter)])" }] } })).toEqual(["filter", "yes"]);
});

it("does not take texts of templates for paths", () => {
  expect(read({ Parameters: { Variable: "$a", SomePath: "$b", text: "$c" }, Result: { "x.$": "$d" } })).toBeUndefined();
});

it("reads variables of JSONata, and neither functions nor what an expression binds", () => {
  const state = (Output: Json): Record<string, Json> => ({ QueryLanguage: "JSONata", Output });
  expect(read(state({ a: "{% $count($list) & '$text' & $states.input.x %}", b: ["{% $map($list, $string) %}"] }))).toEqual(["list"]);
  expect(read(state("{% ( $local := $outer; $map([1], function($item, $i) { $item + $local }) ) %}"))).toEqual(["outer"]);
  expect(read(state("no $expression"))).toBeUndefined();
});

it("tells states in others by their own names", () => {
  const inner = { States: { Inner: { Type: "Pass", InputPath: "$b" } } };
  expect(
    variableReferences({
      States: {
        M: { Type: "Map", ItemsPath: "$a", ItemProcessor: inner },
        P: { Type: "Parallel", Branches: [{ States: { Q: { InputPath: "$c" } } }] },
      },
    }),
  ).toEqual({
    M: ["a"],
    Inner: ["b"],
    Q: ["c"],
  });
});
