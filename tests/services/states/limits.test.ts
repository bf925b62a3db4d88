import { CreateStateMachineCommand, ListExecutionsCommand, StartSyncExecutionCommand } from "@aws-sdk/client-sfn";
import { expect, test } from "vitest";
import { statesLimits } from "../../../src/model/limits/states.ts";
import { role, statesRuntime } from "./statesRuntime.ts";

const chain = (length: number): object => ({
  StartAt: "S0",
  States: Object.fromEntries(
    Array.from({ length }, (_, index) => [
      `S${index}`,
      { Type: "Pass", ...(index === length - 1 ? { End: true } : { Next: `S${index + 1}` }) },
    ]),
  ),
});
const circle = {
  StartAt: "A",
  States: {
    A: { Type: "Pass", Next: "B" },
    B: { Type: "Choice", Choices: [{ Variable: "$.end", IsPresent: true, Next: "C" }], Default: "A" },
    C: { Type: "Succeed" },
  },
};
const tooManyEvents = {
  status: "FAILED",
  error: "States.Runtime",
  cause: "The execution reached the maximum number of history events (25000).",
};

test("a definition of ten thousand states runs; one of more than a mebibyte is refused", { timeout: 60_000 }, async () => {
  const { client, machines } = await statesRuntime({ isTracing: false });
  const machine = await machines.create("long", chain(10_000));
  const { status } = await machines.ended(await machines.start(machine));
  expect(status).toBe("SUCCEEDED");

  const definition = JSON.stringify({ Comment: "x".repeat(statesLimits.definitionBytes.value), ...chain(1) });
  await expect(client.send(new CreateStateMachineCommand({ name: "large", definition, roleArn: role }))).rejects.toMatchObject({
    name: "ValidationException",
    message: expect.stringContaining("Member must have length less than or equal to 1048576"),
  });
});

test("states that lead in a circle end at the limit of events, and others run meanwhile", { timeout: 60_000 }, async () => {
  const { machines } = await statesRuntime({ isTracing: false });
  const endless = await machines.create("circle", circle);
  const short = await machines.create("short", chain(3));

  const executions = await Promise.all([machines.start(endless), machines.start(endless)]);
  const other = await machines.ended(await machines.start(short));

  expect(other.status).toBe("SUCCEEDED");
  for (const execution of executions) expect(await machines.ended(execution)).toMatchObject(tooManyEvents);
});

test("an Express execution in a circle ends at its timeout", { timeout: 60_000 }, async () => {
  const { client, machines } = await statesRuntime({ isTracing: false });
  const stateMachineArn = await machines.create("circle", { TimeoutSeconds: 1, ...circle }, { type: "EXPRESS" });
  expect(await client.send(new StartSyncExecutionCommand({ stateMachineArn }))).toMatchObject({ status: "TIMED_OUT" });
});

test(
  "an inline Map over a hundred thousand items ends at the limit of events; a distributed one does them",
  { timeout: 120_000 },
  async () => {
    const { client, machines } = await statesRuntime({ isTracing: false });
    const map = (items: number, processor: object, more: object = {}): object => ({
      QueryLanguage: "JSONata",
      StartAt: "Each",
      States: {
        Each: {
          Type: "Map",
          Items: `{% [1..${items}] %}`,
          ItemProcessor: { ...processor, StartAt: "One", States: { One: { Type: "Pass", Output: 1, End: true } } },
          ...more,
          End: true,
        },
      },
    });
    const inline = await machines.create("inline", map(100_000, {}));
    expect(await machines.ended(await machines.start(inline))).toMatchObject(tooManyEvents);

    const mode = { ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" } };
    const distributed = await machines.create("distributed", map(2_000, mode, { Output: "{% $sum($states.result) %}" }));
    const execution = await machines.start(distributed);
    expect(await machines.ended(execution)).toMatchObject({ status: "SUCCEEDED", output: "2000" });
    const { executions = [] } = await client.send(new ListExecutionsCommand({ stateMachineArn: distributed }));
    expect(executions.map(({ executionArn }) => executionArn)).toEqual([execution]);
  },
);

test("a result that is too large fails its state with an error that can be caught", async () => {
  const { machines } = await statesRuntime({ isTracing: false });
  const machine = await machines.create("large", {
    QueryLanguage: "JSONata",
    StartAt: "Large",
    States: { Large: { Type: "Pass", Output: "{% $pad('x', 300000) %}", End: true } },
  });
  expect(await machines.ended(await machines.start(machine))).toMatchObject({
    error: "States.DataLimitExceeded",
    cause: "The state/task 'Large' returned a result with a size exceeding the maximum number of bytes service limit.",
  });
});

test("expressions that never end are ended, and other executions run meanwhile", { timeout: 60_000 }, async () => {
  const { machines } = await statesRuntime({ isTracing: false });
  const endless = await machines.create("endless", {
    QueryLanguage: "JSONata",
    StartAt: "Endless",
    States: { Endless: { Type: "Pass", Output: "{% ($f := function($x){ $f($x + 1) }; $f(1)) %}", End: true } },
  });
  const short = await machines.create("short", chain(3));
  const execution = await machines.start(endless);
  let others = 0;
  while ((await machines.describe(execution)).status === "RUNNING") {
    await machines.ended(await machines.start(short));
    others += 1;
  }
  expect(others).toBeGreaterThan(1);
  expect(await machines.describe(execution)).toMatchObject({
    error: "States.QueryEvaluationError",
    cause: expect.stringContaining("Expression evaluation timeout: Check for infinite loop"),
  });
});
