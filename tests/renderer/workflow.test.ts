import { expect, test } from "vitest";
import type { JsonObject } from "../../src/model/json.ts";
import { allStates, workflowGraph } from "../../src/renderer/workflow/workflowGraph.ts";
import { layoutWorkflow } from "../../src/renderer/workflow/workflowLayout.ts";

const orders: JsonObject = {
  StartAt: "Check",
  States: {
    Ship: { Type: "Task", Resource: "${ShipArn}", End: true },
    Check: {
      Type: "Choice",
      Choices: [
        { Variable: "$.total", NumericGreaterThan: 100, Next: "Both" },
        { Variable: "$.vip", BooleanEquals: true, Next: "Both" },
      ],
      Default: "Again",
    },
    Again: { Type: "Wait", Seconds: 90, Next: "Check" },
    Both: {
      Type: "Parallel",
      Branches: [
        { StartAt: "Pay", States: { Pay: { Type: "Pass", End: true } } },
        {
          StartAt: "Each",
          States: { Each: { Type: "Map", ItemProcessor: { StartAt: "Pack", States: { Pack: { Type: "Succeed" } } }, End: true } },
        },
      ],
      Catch: [{ ErrorEquals: ["States.ALL"], Next: "Broken" }],
      Next: "Ship",
    },
    Broken: { Type: "Fail", Error: "Out" },
  },
};

test("ways say what has to hold for them, and those to the same state are one", () => {
  const { ways } = workflowGraph(orders);
  expect(ways.map(({ from, to, kind, label }) => [from, to, kind, label])).toEqual([
    ["#start", "/States/Check", "next", ""],
    ["/States/Ship", "#end", "next", ""],
    ["/States/Check", "/States/Both", "choice", "total > 100 or vip = true"],
    ["/States/Check", "/States/Again", "default", "otherwise"],
    ["/States/Again", "/States/Check", "next", ""],
    ["/States/Both", "/States/Ship", "next", ""],
    ["/States/Both", "/States/Broken", "catch", "any error"],
  ]);
});

test("a state says what it does, and where it is written, at any depth", () => {
  const states = allStates(workflowGraph(orders));
  expect(states.find(({ name }) => name === "Ship")?.words).toBe("Ship");
  expect(states.find(({ name }) => name === "Again")?.words).toBe("1 min 30 s");
  expect(states.find(({ name }) => name === "Pack")?.steps).toEqual([
    "States",
    "Both",
    "Branches",
    1,
    "States",
    "Each",
    "ItemProcessor",
    "States",
    "Pack",
  ]);
});

test("no two states overlap but one that holds the other, and ways go down except the one back", () => {
  const picture = layoutWorkflow(workflowGraph(orders));
  const boxes = picture.states;
  for (const one of boxes) {
    for (const other of boxes) {
      if (one === other || other.state.id.startsWith(`${one.state.id}/`) || one.state.id.startsWith(`${other.state.id}/`)) continue;
      const isApart =
        one.box.x + one.box.width <= other.box.x ||
        other.box.x + other.box.width <= one.box.x ||
        one.box.y + one.box.height <= other.box.y ||
        other.box.y + other.box.height <= one.box.y;
      expect(isApart, `${one.state.name} and ${other.state.name}`).toBe(true);
    }
  }
  expect(picture.ways.filter((way) => way.isBack).map(({ way }) => way.from)).toEqual(["/States/Again"]);
  for (const { points, isBack } of picture.ways)
    if (!isBack) expect(points.map(({ y }) => y)).toEqual(points.map(({ y }) => y).toSorted((a, b) => a - b));
});
