// What the Studio reads of an execution: which hop belongs to which event, what waits, and how things stood at a moment.
import {
  CreateActivityCommand,
  GetActivityTaskCommand,
  RedriveExecutionCommand,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
} from "@aws-sdk/client-sfn";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, onTestFinished, test, vi } from "vitest";
import type { Json } from "../../../src/model/json.ts";
import { sqsService } from "../../../src/runtime/services/sqs/service.ts";
import { statesService } from "../../../src/runtime/services/states/service.ts";
import { clientOptions } from "../../support/runtime.ts";
import { type StatesRuntime, statesRuntime } from "./statesRuntime.ts";

interface Told {
  readonly [member: string]: Json;
}

/** The details of a view's rows. */
async function view({ runtime }: StatesRuntime, machine: string, name: string, filter: string): Promise<Told[]> {
  const { rows } = await runtime.inspect("states", machine, "us-east-1", { view: name, limit: 1000, filter });
  return rows.map(({ detail }) => detail as Told);
}

/** Of a Map run's children, by state: asked until all are counted. */
async function tallyOf({ runtime }: StatesRuntime, machine: string, mapRunArn: string): Promise<Record<string, Told>> {
  for (;;) {
    const { rows: states, cursor } = await runtime.inspect("states", machine, "us-east-1", {
      view: "tally",
      limit: 1000,
      filter: mapRunArn,
    });
    if (cursor === undefined) return Object.fromEntries(states.map(({ id, detail }) => [id, detail as Told]));
  }
}

const nameOf = (executionArn: string): string => executionArn.slice(executionArn.lastIndexOf(":") + 1);

test("each Task's event names the call that it made, whatever ran beside it, and the call leads back to the event", async () => {
  const world = await statesRuntime({}, [sqsService, statesService]);
  const sqs = new SQSClient(clientOptions(world.runtime));
  onTestFinished(() => sqs.destroy());
  const { QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName: "orders" }));
  const branch = (name: string) => ({
    StartAt: name,
    States: {
      [name]: {
        Type: "Task",
        Resource: "arn:aws:states:::sqs:sendMessage",
        Parameters: { QueueUrl, MessageBody: name },
        End: true,
      },
    },
  });
  const machine = await world.machines.create("sends", {
    StartAt: "All",
    States: { All: { Type: "Parallel", Branches: ["A", "B", "C"].map(branch), End: true } },
  });
  const execution = await world.machines.start(machine);
  await world.machines.ended(execution);

  const [{ traceId }] = (await world.runtime.inspect("states", "sends", "us-east-1", { view: "executions", limit: 10 })).rows.map(
    ({ detail }) => detail as { readonly traceId: string },
  ) as [{ readonly traceId: string }];
  const events = await view(world, "sends", "events", execution);
  for (const state of ["A", "B", "C"]) {
    const entered = events.find((event) => event["state"] === state && event["type"] === "TaskStateEntered");
    const succeeded = events.find((event) => event["frame"] === entered?.["frame"] && event["type"] === "TaskSucceeded");
    const hop = String(succeeded?.["hop"]);
    const span = await world.runtime.traces.span(traceId, hop);
    expect(span).toMatchObject({ service: "sqs", operation: "SendMessage", input: { MessageBody: state }, parentId: entered?.["hop"] });
    const [found] = await view(world, "sends", "hop", `${traceId} ${nameOf(execution)} 0000000000000000 ${hop} ${String(span?.parentId)}`);
    expect(found).toEqual({ executionArn: execution, machineName: "sends", region: "us-east-1", event: succeeded?.["id"] });
  }
});

test("what waits is told: until when, for which answer", async () => {
  const world = await statesRuntime();
  const { activityArn } = await world.client.send(new CreateActivityCommand({ name: "approve" }));
  const machine = await world.machines.create("waits", {
    StartAt: "Both",
    States: {
      Both: {
        Type: "Parallel",
        Branches: [
          { StartAt: "Cool", States: { Cool: { Type: "Wait", Seconds: 3600, End: true } } },
          {
            StartAt: "Approve",
            States: { Approve: { Type: "Task", Resource: activityArn, HeartbeatSeconds: 600, TimeoutSeconds: 7200, End: true } },
          },
        ],
        End: true,
      },
    },
  });
  const execution = await world.machines.start(machine, { order: 7 });
  const waiting = await vi.waitFor(async () => {
    const told = await view(world, "waits", "waiting", execution);
    expect(told).toHaveLength(2);
    return told;
  });
  const wait = waiting.find(({ type }) => type === "wait");
  const task = waiting.find(({ type }) => type === "task");
  expect(Number(wait?.["until"]) - world.runtime.clock.state().now).toBeGreaterThan(3_590_000);
  expect(task).toMatchObject({ state: "Approve", resource: activityArn, input: '{"order":7}', isTaken: false });
  expect(Number(task?.["timeoutAt"]) - Number(task?.["since"])).toBe(7_200_000);
  expect(Number(task?.["heartbeatAt"]) - Number(task?.["since"])).toBe(600_000);

  await world.client.send(new SendTaskSuccessCommand({ taskToken: String(task?.["token"]), output: '"yes"' }));
  await world.runtime.clock.advance(3_600_000);
  await world.machines.ended(execution);
  expect(await view(world, "waits", "waiting", execution)).toEqual([]);
  const types = (await world.machines.history(execution)).map(({ type }) => type);
  expect(types.filter((type) => type?.startsWith("Activity"))).toEqual(["ActivityScheduled", "ActivityStarted", "ActivitySucceeded"]);
});

test("a moment tells input, output and the variables as they stood, also within an item", async () => {
  const world = await statesRuntime();
  const machine = await world.machines.create("varies", {
    QueryLanguage: "JSONata",
    StartAt: "Begin",
    States: {
      Begin: { Type: "Pass", Assign: { total: 1, owner: "Ada" }, Next: "Each" },
      Each: {
        Type: "Map",
        Items: [10, 20],
        ItemProcessor: {
          StartAt: "Add",
          States: { Add: { Type: "Pass", Assign: { own: "{% $states.input %}" }, Output: "{% $states.input + $total %}", End: true } },
        },
        Next: "After",
      },
      After: { Type: "Pass", Assign: { total: 2 }, End: true },
    },
  });
  const execution = await world.machines.start(machine, { a: 1 });
  await world.machines.ended(execution);

  const events = await view(world, "varies", "events", execution);
  const exit = events.filter(({ state, type }) => state === "Add" && type === "PassStateExited").at(-1);
  const [inItem] = await view(world, "varies", "moment", `${execution}#${String(exit?.["id"])}`);
  expect(inItem).toMatchObject({ state: "Add", input: "20", output: "21", variables: { total: "1", owner: '"Ada"', own: "20" } });
  expect(inItem?.["previous"]).toMatchObject({ data: "20", variables: { total: "1", owner: '"Ada"' } });
  const [atEnd] = await view(world, "varies", "moment", `${execution}#${String(events.at(-1)?.["id"])}`);
  expect(atEnd?.["variables"]).toEqual({ total: "2", owner: '"Ada"' });
});

test("events are read on from the last one that is known, in pieces as they were written", async () => {
  const world = await statesRuntime();
  const machine = await world.machines.create("steps", {
    StartAt: "One",
    States: {
      One: { Type: "Pass", Next: "Rest" },
      Rest: { Type: "Wait", Seconds: 60, Next: "Two" },
      Two: { Type: "Pass", End: true },
    },
  });
  const execution = await world.machines.start(machine);
  await world.machines.reaches(execution, "WaitStateEntered");
  const before = await view(world, "steps", "events", execution);
  await world.runtime.clock.advance(60_000);
  await world.machines.ended(execution);

  const read = (cursor: number, limit: number) =>
    world.runtime.inspect("states", "steps", "us-east-1", { view: "events", limit, filter: execution, cursor: String(cursor) });
  const rest = await read(before.length, 1000);
  const all = await view(world, "steps", "events", execution);
  expect([...before, ...rest.rows.map(({ detail }) => detail)]).toEqual(all);
  expect((await read(2, 3)).rows.map(({ id }) => id)).toEqual(["3", "4", "5"]);
  expect((await read(2, 3)).cursor).toBe("5");
});

const rows = (executionType: string) => ({
  StartAt: "Rows",
  States: {
    Rows: {
      Type: "Map",
      ItemProcessor: {
        ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: executionType },
        StartAt: "Check",
        States: {
          Check: { Type: "Choice", Choices: [{ Variable: "$", NumericLessThan: 2, Next: "Refuse" }], Default: "Rest" },
          Refuse: { Type: "Fail", Error: "BadRow" },
          Rest: { Type: "Wait", Seconds: 60, Next: "Store" },
          Store: { Type: "Pass", End: true },
        },
      },
      ToleratedFailurePercentage: 100,
      End: true,
    },
  },
});

test.each(["STANDARD", "EXPRESS"])("the children of a Map run are summed up by state while they run: %s", async (executionType) => {
  const world = await statesRuntime();
  const machine = await world.machines.create("imports", rows(executionType));
  const execution = await world.machines.start(machine, [0, 1, 2, 3, 4]);
  const mapRunArn = await vi.waitFor(async () => {
    const [mapRun] = await view(world, "imports", "mapRuns", execution);
    expect(mapRun?.["executions"]).toMatchObject({ failed: 2, running: 3 });
    return String(mapRun?.["arn"]);
  });
  const tally = () => tallyOf(world, "imports", mapRunArn);
  const none = { ok: 0, running: 0, caught: 0, failed: 0, stopped: 0 };
  expect(await tally()).toMatchObject({
    Check: { ...none, ok: 5, next: ["Refuse", "Rest"] },
    Refuse: { ...none, failed: 2 },
    Rest: { ...none, running: 3 },
  });
  const failed = await view(world, "imports", "children", `${mapRunArn} failed Refuse`);
  expect(failed.map(({ index, error }) => [index, error])).toEqual([
    [0, "BadRow"],
    [1, "BadRow"],
  ]);

  await world.runtime.clock.advance(60_000);
  await world.machines.ended(execution);
  expect(await tally()).toMatchObject({
    Check: { ...none, ok: 5 },
    Refuse: { ...none, failed: 2 },
    Rest: { ...none, ok: 3, next: ["Store"] },
    Store: { ...none, ok: 3, next: [null] },
  });
});

test("a redriven Map run counts the newest stay of each child", async () => {
  const world = await statesRuntime();
  const { activityArn } = await world.client.send(new CreateActivityCommand({ name: "pick" }));
  const machine = await world.machines.create("picks", {
    StartAt: "All",
    States: {
      All: {
        Type: "Map",
        ItemProcessor: {
          ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
          StartAt: "Pick",
          States: { Pick: { Type: "Task", Resource: activityArn, End: true } },
        },
        End: true,
      },
    },
  });
  const execution = await world.machines.start(machine, ["a", "b"]);
  const answer = async (error?: string): Promise<void> => {
    const { taskToken } = await world.client.send(new GetActivityTaskCommand({ activityArn }));
    if (error === undefined) await world.client.send(new SendTaskSuccessCommand({ taskToken, output: "1" }));
    else await world.client.send(new SendTaskFailureCommand({ taskToken, error }));
  };
  await answer();
  await answer("Empty");
  await world.machines.ended(execution);
  const [mapRun] = await view(world, "picks", "mapRuns", execution);
  const tally = () => tallyOf(world, "picks", String(mapRun?.["arn"]));
  expect(await tally()).toMatchObject({ Pick: { ok: 1, failed: 1, running: 0 } });

  await world.client.send(new RedriveExecutionCommand({ executionArn: execution }));
  await answer();
  await world.machines.ended(execution);
  expect(await tally()).toMatchObject({ Pick: { ok: 2, failed: 0, running: 0 } });
});
