import { expect, test } from "vitest";
import type { Problem } from "../../src/model/problem.ts";
import { gatherProblems } from "../../src/renderer/app/stores/gatherProblems.ts";

const ofFlow: Problem = {
  severity: "error",
  rule: "workflow.missing-transition-target",
  message: "Missing 'Next' target: Nowhere (at /States/Go/Next)",
  file: "template.yaml",
  resource: "Flow",
};
const failed = (resource: string): Problem => ({
  severity: "error",
  rule: "deploy.failed",
  message: `${resource} could not be created: Invalid State Machine Definition: 'MISSING_TRANSITION_TARGET: Missing 'Next' target: Nowhere at /States/Go/Next'`,
  file: "template.yaml",
  resource,
});

function told(problems: readonly Problem[]): readonly string[] {
  const run = { type: "failed", message: "", problems, isServing: false } as const;
  return gatherProblems([ofFlow], null, run, "template.yaml").map(({ rule, resource }) => `${rule} ${resource}`);
}

test("a deploy that fails by a definition says nothing that is not said at its lines already", () => {
  expect(told([failed("Flow")])).toEqual(["workflow.missing-transition-target Flow"]);
});

test("the same failure of another machine is told", () => {
  expect(told([failed("Other")])).toEqual(["workflow.missing-transition-target Flow", "deploy.failed Other"]);
});
