import { expect, test } from "vitest";
import type { JsonObject } from "../../src/model/json.ts";
import { workflowSvg } from "../../src/renderer/export/workflowSvg.ts";
import { workflowGraph } from "../../src/renderer/workflow/workflowGraph.ts";
import { layoutWorkflow } from "../../src/renderer/workflow/workflowLayout.ts";

const definition: JsonObject = {
  StartAt: "Check & go",
  States: {
    "Check & go": { Type: "Choice", Choices: [{ Variable: "$.total", NumericGreaterThan: 1000, Next: "Both" }], Default: "Wait" },
    Wait: { Type: "Wait", Seconds: 60, Next: "Check & go" },
    Both: {
      Type: "Parallel",
      Branches: [
        {
          StartAt: "Pay",
          States: {
            Pay: { Type: "Task", Resource: "arn:aws:states:::sqs:sendMessage", Retry: [{ ErrorEquals: ["States.ALL"] }], End: true },
          },
        },
      ],
      Catch: [{ ErrorEquals: ["States.ALL"], Next: "Stop" }],
      End: true,
    },
    Stop: { Type: "Fail", Error: "Stopped" },
  },
};

const draw = (ground: "canvas" | "none") =>
  workflowSvg({
    title: "Saga",
    theme: "light",
    ground,
    picture: layoutWorkflow(workflowGraph(definition)),
    lookOf: () => ({ icon: "<svg></svg>", category: "compute" }),
    markIcon: () => "<svg></svg>",
  });

test("a workflow's picture has its states, what leads to them and under which condition", () => {
  const picture = draw("canvas");
  expect(picture).toContain('aria-label="Saga: 5 states"');
  expect(picture).toContain(">Check &amp; go</text>");
  expect(picture).toContain(">total &gt; 1000</text>");
  expect(picture).toContain(">any error</text>");
  // what the canvas says when its mark is pointed at
  expect(picture).toMatch(/>sqs:sendMessage.*retries/);
  expect(picture.match(/class="tip /g)).toHaveLength(picture.match(/class="line /g)?.length ?? 0);
});

test("what holds states stands behind them, and before the ways that find no way around", () => {
  const picture = draw("canvas");
  const places = ['class="line next"', "<title>Both (Parallel)</title>", 'class="lane canvas"', "<title>Pay (Task)</title>"];
  const found = places.map((part) => picture.indexOf(part));
  expect(found).not.toContain(-1);
  expect(found).toEqual(found.toSorted((one, other) => one - other));
});

test("without ground, the ways end before their words", () => {
  expect(draw("none")).toContain('<g mask="url(#labels)">');
  expect(draw("canvas")).not.toContain("mask");
});
