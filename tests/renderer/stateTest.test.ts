// The test of one state: its example input, what the deployed definition fills in, and the data's way through its fields.
import { describe, expect, test } from "vitest";
import { dataFlow } from "../../src/renderer/workflow/testState/dataFlow.ts";
import { deployedValues, fillDeployed } from "../../src/renderer/workflow/testState/deployedValues.ts";
import { exampleInput } from "../../src/renderer/workflow/testState/exampleInput.ts";
import { visitsIn } from "../../src/renderer/workflow/testState/visitsInHistory.ts";

describe("What is only known when it is deployed", () => {
  const written = {
    States: {
      One: { Resource: "${ShipArn}", Parameters: { url: "https://${Host}/orders", "name.$": "$.name" } },
      Two: { Resource: { "Fn::GetAtt": ["Pack", "Arn"] } },
    },
  };
  const deployed = {
    States: {
      One: { Resource: "arn:ship", Parameters: { url: "https://localhost/orders", "name.$": "$.name" } },
      Two: { Resource: "arn:pack" },
    },
  };

  test("is taken from its place, and holds wherever it is named", () => {
    const values = deployedValues(written, deployed);
    expect(fillDeployed(written, values)).toEqual({ value: deployed, open: [] });
    const fresh = { Resource: "${ShipArn}", Other: { "Fn::GetAtt": ["Pack", "Arn"] }, Text: "at ${Host}" };
    expect(fillDeployed(fresh, values)).toEqual({ value: { Resource: "arn:ship", Other: "arn:pack", Text: "at localhost" }, open: [] });
  });

  test("is said to be open where it was never deployed", () => {
    expect(fillDeployed({ Resource: "${Later}" }, deployedValues(written, undefined)).open).toEqual(["${Later}"]);
  });
});

test("an example has what the state reads, below InputPath, of the kind that it is compared with", () => {
  expect(
    exampleInput({
      Type: "Choice",
      InputPath: "$.order",
      Choices: [
        { Variable: "$.total", NumericGreaterThan: 100, Next: "A" },
        {
          And: [
            { Variable: "$.customer.isKnown", BooleanEquals: true },
            { Variable: "$.at", TimestampLessThanPath: "$.until" },
          ],
          Next: "B",
        },
      ],
    }),
  ).toEqual({ order: { total: 100, customer: { isKnown: true }, at: "2030-01-01T00:00:00Z", until: "2030-01-01T00:00:00Z" } });
  expect(exampleInput({ Type: "Task", Arguments: { id: "{% $states.input.order.id %}" }, Output: "{% $states.input.never %}" })).toEqual({
    order: { id: "id" },
  });
});

describe("The way of the data", () => {
  const state = { Type: "Task", InputPath: "$.order", ResultPath: "$.made" };
  const answer = {
    status: "SUCCEEDED",
    nextState: "Done",
    output: '{"order":{"id":1},"made":{"ok":true}}',
    inspectionData: {
      input: '{"order":{"id":1}}',
      afterInputPath: '{"id":1}',
      afterParameters: '{"id":1}',
      result: '{"ok":true}',
      afterResultSelector: '{"ok":true}',
      afterResultPath: '{"order":{"id":1},"made":{"ok":true}}',
      variables: '{"tries":2}',
    },
  };

  test("has a step for each field; those that are not written and change nothing are idle", () => {
    const { steps } = dataFlow(answer, state, {}, undefined);
    expect(steps.map(({ id, isIdle }) => (isIdle ? `(${id})` : id))).toEqual([
      "input",
      "inputPath",
      "(parameters)",
      "result",
      "(resultSelector)",
      "resultPath",
      "output",
    ]);
  });

  test("compares with what a value came from, and only where they have something in common", () => {
    const { steps } = dataFlow(answer, state, {}, undefined);
    const of = (id: string) => steps.find((step) => step.id === id);
    expect(of("resultPath")?.before).toEqual({ order: { id: 1 } });
    expect(of("inputPath")?.before).toBeUndefined();
    expect(of("output")?.before).toEqual(of("output")?.value);
  });

  test("tells variables before and after, and who takes an error", () => {
    expect(dataFlow(answer, state, { tries: 1 }, undefined).variables).toEqual({ before: { tries: 1 }, after: { tries: 2 } });
    const failed = {
      status: "RETRIABLE",
      error: "Busy",
      inspectionData: { input: "{}", errorDetails: { retryIndex: 1, retryBackoffIntervalSeconds: 4 } },
    };
    expect(dataFlow(failed, state, {}, undefined).outcome).toMatchObject({
      status: "RETRIABLE",
      error: "Busy",
      next: null,
      retrier: { index: 1, seconds: 4 },
      catcher: null,
    });
  });
});

test("of a history the last visit of each state is kept, with the variables before it and its task's result as they were written", () => {
  const row = (id: number, previous: number, type: string, state: string | null, data: string | null, details: object = {}) => ({
    id: String(id),
    cells: { id, type, state, at: id, data },
    detail: JSON.parse(JSON.stringify({ previousEventId: previous, ...details })),
  });
  const visits = visitsIn(
    [
      row(1, 0, "ExecutionStarted", null, '{"a":1}'),
      row(2, 1, "PassStateEntered", "First", '{"a":1}'),
      row(3, 2, "PassStateExited", "First", '{"a":1}', { stateExitedEventDetails: { assignedVariables: { seen: "true" } } }),
      row(4, 3, "TaskStateEntered", "Call", '{"a":2}'),
      row(5, 4, "TaskScheduled", null, null),
      row(6, 5, "TaskSucceeded", null, '{"total":1.0}'),
      row(7, 6, "TaskStateExited", "Call", '{"total":1.0}'),
    ],
    "run-1",
  );
  expect(visits.get("First")).toEqual({ execution: "run-1", input: '{"a":1}', variables: {} });
  expect(visits.get("Call")).toEqual({ execution: "run-1", input: '{"a":2}', variables: { seen: "true" }, result: '{"total":1.0}' });
});
