import { describe, expect, it } from "vitest";
import { loadOutputConstraints } from "../../src/model/asl/validate/outputConstraints.ts";
import { checkTestState, type TestStateRequest } from "../../src/model/asl/validate/testState.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";
import { loadModel } from "../../src/runtime/gateway/model.ts";
import { models } from "../../src/runtime/gateway/models.ts";
import { resultShapeOf } from "../../src/runtime/services/states/integrations/outputShape.ts";

const lambda = { Type: "Task", Resource: "arn:aws:states:::lambda:invoke", Parameters: { FunctionName: "f" }, End: true };
const callback = { ...lambda, Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken" };
const parallel: JsonObject = {
  Type: "Parallel",
  Branches: [
    { StartAt: "A", States: { A: { Type: "Succeed" } } },
    { StartAt: "B", States: { B: { Type: "Succeed" } } },
  ],
  End: true,
};
const map = { Type: "Map", ItemProcessor: { StartAt: "P", States: { P: { Type: "Pass", End: true } } }, End: true };
const mock = { result: "{}" };

function check(definition: Json, request: Omit<TestStateRequest, "definition"> = {}): string {
  const found = checkTestState({ definition: JSON.stringify(definition), ...request }, () => undefined);
  return found.ok ? found.state.name : `${found.refusal.code}: ${found.refusal.message}`;
}

describe("the state", () => {
  it("may come alone, leading anywhere, or be named in a machine, however deep", () => {
    expect(check({ Type: "Pass", Next: "Elsewhere" })).toBe("StateName");
    expect(check({ StartAt: "All", States: { All: parallel } }, { stateName: "B" })).toBe("B");
    expect(check({ StartAt: "All", States: { All: parallel } }, { stateName: "C" })).toBe(
      "ValidationException: State not found in definition",
    );
  });

  it("must be valid, with the states inside it", () => {
    expect(check({ ...parallel, Branches: [] }, { mock })).toBe(
      "InvalidDefinition: Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: Value cannot be empty at /States/StateName/Branches'",
    );
    expect(check({ ...map, ItemProcessor: { StartAt: "Q", States: { P: { Type: "Pass", End: true } } } }, { mock })).toContain(
      "MISSING_TRANSITION_TARGET: Missing 'Next' target: Q at /States/StateName/ItemProcessor/StartAt",
    );
    expect(check("no state")).toBe(
      "InvalidDefinition: Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: Definition must be a valid JSON object at null'",
    );
  });
});

describe("without a mock", () => {
  it("a Task needs a role, Map and Parallel cannot be tested", () => {
    expect(check(lambda)).toBe("ValidationException: RoleArn must be specified when testing a Task state");
    expect(check(lambda, { roleArn: "arn:aws:iam::123456789012:role/r" })).toBe("StateName");
    expect(check(parallel)).toMatch(/^InvalidDefinition: TestState API does not support Map or Parallel states\. /);
    expect(check(map, { stateConfiguration: { mapIterationFailureCount: 0 } })).toBe(
      "ValidationException: TestState does not support MapIterationFailureCount when a mock is not specified.",
    );
  });
});

describe("a mock", () => {
  it("stands for work only, with a result or an error, and no secrets", () => {
    expect(check({ Type: "Succeed" }, { mock })).toBe(
      "ValidationException: State type 'Succeed' is not supported when a mock is specified",
    );
    expect(check(lambda, { mock: { result: "{}", errorOutput: {} } })).toBe(
      "ValidationException: A test mock should have only one of the following fields: [result, errorOutput].",
    );
    expect(check(lambda, { mock, revealSecrets: true })).toBe(
      "ValidationException: TestState does not support RevealSecrets when a mock is specified.",
    );
  });

  it("has the form of what it stands for", () => {
    expect(check(parallel, { mock: { result: "[1]" } })).toBe(
      "ValidationException: Mocked result must contain the same number of items as number of Parallel branches.",
    );
    expect(check(parallel, { mock: { result: "[1, 2]" } })).toBe("StateName");
    expect(check(map, { mock })).toBe("ValidationException: Mocked result must be an array.");
    const writer = { ResultWriter: { Resource: "arn:aws:states:::s3:putObject", Parameters: { Bucket: "b" } } };
    expect(check({ ...map, ...writer }, { mock: { result: "[]" } })).toBe("ValidationException: Mocked result must be a JSON object.");
  });
});

describe("a context object", () => {
  const inContext = (context: Json, state: Json = lambda): string => check(state, { mock, context: JSON.stringify(context) });

  it("has known members of the right kind", () => {
    expect(inContext({ Execution: { Id: "a", Input: 5 }, State: { RetryCount: 1 }, StateMachine: {} })).toBe("StateName");
    expect(inContext({ State: { RetryCount: "1" } })).toBe(
      "ValidationException: Invalid Context object provided: State.RetryCount must be a number",
    );
    expect(inContext({ StateMachine: { Arn: "a" } })).toBe(
      "ValidationException: Invalid Context object provided: Field 'Arn' is not allowed",
    );
    expect(inContext({ Map: {} })).toBe(
      "ValidationException: Invalid Context object provided: 'Map' field is not supported when mocking a Context object",
    );
  });

  it("has a token only where one is waited for", () => {
    expect(inContext({ Task: { Token: "t" } })).toMatch(/Context object contains 'Task' when state is not a Task state with/);
    expect(inContext({ Task: { Token: "t" } }, callback)).toBe("StateName");
  });
});

describe("a mocked result beside its API", () => {
  async function fault(
    client: string,
    operation: string,
    result: Json,
    fieldValidationMode?: "STRICT" | "PRESENT" | "NONE",
  ): Promise<string> {
    const settings = models.find((model) => model.client === `@aws-sdk/client-${client}`);
    if (!settings) throw new Error(`No model of ${client}.`);
    const shape = (await loadModel(settings)).operations.get(operation)?.output;
    if (!shape) throw new Error(`No ${operation}.`);
    const constraints = await loadOutputConstraints(client);
    const request = { definition: JSON.stringify(lambda), mock: { result: JSON.stringify(result), fieldValidationMode } };
    const found = checkTestState(request, () => resultShapeOf(shape, constraints));
    return found.ok ? "none" : found.refusal.message.replace("Mock result schema validation error: ", "");
  }

  it("has what is required, when all of it is checked", async () => {
    expect(await fault("sfn", "StartExecution", { ExecutionArn: "a" })).toBe("Required field 'StartDate' is missing");
    expect(await fault("sfn", "StartExecution", { ExecutionArn: "a" }, "PRESENT")).toBe("none");
    expect(await fault("sfn", "StartExecution", { ExecutionArn: 1 }, "NONE")).toBe("none");
  });

  it("has members of their kind, however deep", async () => {
    expect(await fault("dynamodb", "GetItem", { Item: { a: { S: 1 } } })).toBe("Field 'S' must be a string");
    expect(await fault("dynamodb", "GetItem", { Item: [] })).toBe("Field 'Item' must be an object");
    expect(await fault("lambda", "Invoke", { StatusCode: 200, Payload: { any: "thing" }, Unknown: 1 })).toBe("none");
  });

  it("keeps to values and ranges", async () => {
    expect(await fault("lambda", "GetFunction", { Configuration: { State: "Asleep" } })).toBe("Field 'State' is not an expected value");
    expect(await fault("lambda", "GetFunction", { Configuration: { Timeout: 0 } })).toBe("Field 'Timeout' is less than the minimum value");
    expect(await fault("dynamodb", "DescribeTable", { Table: { TableStatus: "ACTIVE" } })).toBe("none");
  });
});
