import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { SendTaskSuccessCommand, StartSyncExecutionCommand } from "@aws-sdk/client-sfn";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, onTestFinished, test, vi } from "vitest";
import { temporaryFolder } from "../../support/runtime.ts";
import { Machines, statesClient } from "./statesRuntime.ts";

const sendMessage = "arn:aws:states:::sqs:sendMessage";

test("an execution goes on where it was when its process is killed, and no completed task runs twice", { timeout: 60_000 }, async () => {
  const folder = temporaryFolder();
  let process = await startProcess(folder);
  const queueUrl = await createQueue(process.endpoint);
  const { client, machines } = process;
  const machine = await machines.create("durable", {
    StartAt: "First",
    States: {
      First: {
        Type: "Task",
        Resource: sendMessage,
        Parameters: { QueueUrl: queueUrl, MessageBody: "first" },
        ResultPath: null,
        Next: "Remember",
      },
      Remember: { Type: "Pass", Assign: { kept: [1, 2] }, Next: "Both" },
      Both: {
        Type: "Parallel",
        Branches: [
          flow("Ask", {
            Type: "Task",
            Resource: `${sendMessage}.waitForTaskToken`,
            Parameters: { QueueUrl: queueUrl, MessageBody: { "token.$": "$$.Task.Token" } },
          }),
          flow("Each", {
            Type: "Map",
            ItemsPath: "$kept",
            ItemProcessor: flow("Send", {
              Type: "Task",
              Resource: sendMessage,
              Parameters: { QueueUrl: queueUrl, "MessageBody.$": "States.Format('item {}', $)" },
              ResultSelector: {},
            }),
          }),
          flow("Wait", { Type: "Wait", Seconds: 2 }),
        ],
        Next: "Last",
      },
      Last: {
        Type: "Task",
        Resource: sendMessage,
        Parameters: { QueueUrl: queueUrl, "MessageBody.$": "States.JsonToString($kept)" },
        ResultPath: null,
        OutputPath: "$[0]",
        End: true,
      },
    },
  });
  const execution = await machines.start(machine, {});
  await machines.reaches(execution, "MapStateExited");
  await machines.reaches(execution, "TaskSubmitted");
  const before = await machines.history(execution);

  await process.kill();
  process = await startProcess(folder);

  expect((await process.machines.history(execution)).slice(0, before.length)).toEqual(before);
  const messages = await receiveAll(process.endpoint, queueUrl);
  const asked = messages.filter((body) => body.includes("token"));
  expect(messages.filter((body) => !body.includes("token")).toSorted()).toEqual(["first", "item 1", "item 2"]);
  expect(asked).toHaveLength(1);
  await process.client.send(new SendTaskSuccessCommand({ taskToken: JSON.parse(asked[0] ?? "").token, output: '"answered"' }));
  const ended = await process.machines.ended(execution);

  expect(ended).toMatchObject({ status: "SUCCEEDED", output: '"answered"' });
  expect(await receiveAll(process.endpoint, queueUrl)).toEqual(["[1,2]"]);
  const after = await process.machines.history(execution);
  expect(after.map(({ id }) => id)).toEqual(after.map((_event, index) => index + 1));
  expect(after.filter(({ type }) => type === "ParallelStateEntered")).toHaveLength(1);
  client.destroy();
});

test("killed again and again, an execution leaves each state once and ends", { timeout: 60_000 }, async () => {
  const folder = temporaryFolder();
  let process = await startProcess(folder);
  const queueUrl = await createQueue(process.endpoint);
  const count = 40;
  const states = Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `State${index}`,
      {
        Type: "Task",
        Resource: sendMessage,
        Parameters: { QueueUrl: queueUrl, MessageBody: `${index}` },
        ResultPath: null,
        ...(index === count - 1 ? { End: true } : { Next: `Pause${index}` }),
      },
    ]),
  );
  const pauses = Object.fromEntries(
    Array.from({ length: count - 1 }, (_, index) => [
      `Pause${index}`,
      { Type: "Wait", Seconds: index % 10 === 9 ? 1 : 0, Next: `State${index + 1}` },
    ]),
  );
  const machine = await process.machines.create("chain", { StartAt: "State0", States: { ...states, ...pauses } });
  const execution = await process.machines.start(machine);
  let kills = 0;
  for (const wanted of [8, 40, 90]) {
    await vi.waitFor(async () => expect((await process.machines.history(execution)).length).toBeGreaterThan(wanted), {
      timeout: 15_000,
      interval: 2,
    });
    await process.kill();
    kills += 1;
    process = await startProcess(folder);
  }

  expect(await process.machines.ended(execution)).toMatchObject({ status: "SUCCEEDED" });

  const history = await process.machines.history(execution);
  const exits = history
    .filter(({ type }) => type === "TaskStateExited")
    .map(({ stateExitedEventDetails }) => stateExitedEventDetails?.name);
  expect(exits).toEqual(Array.from({ length: count }, (_, index) => `State${index}`));
  const sent = await receiveAll(process.endpoint, queueUrl);
  expect(new Set(sent).size).toBe(count);
  // A call that was under way when the process ended is made again, and no other.
  expect(sent.length - count).toBeLessThanOrEqual(kills);
});

test(
  "an Express execution runs at least once when nobody waits for it, and at most once when somebody does",
  { timeout: 60_000 },
  async () => {
    const folder = temporaryFolder();
    let process = await startProcess(folder);
    const queueUrl = await createQueue(process.endpoint);
    const says = (body: string): object => ({
      Type: "Task",
      Resource: sendMessage,
      Parameters: { QueueUrl: queueUrl, "MessageBody.$": `States.Format('${body} {}', $.by)` },
      ResultPath: null,
    });
    const machine = await process.machines.create(
      "quick",
      {
        StartAt: "Begin",
        States: {
          Begin: { ...says("begun"), Next: "Rest" },
          Rest: { Type: "Wait", Seconds: 2, Next: "Finish" },
          Finish: { ...says("finished"), End: true },
        },
      },
      { type: "EXPRESS" },
    );
    await process.machines.start(machine, { by: "async" });
    const answer = process.client
      .send(new StartSyncExecutionCommand({ stateMachineArn: machine, input: '{"by":"sync"}' }))
      .then(() => "answered")
      .catch(() => "cut off");
    const told: string[] = [];
    const isTold = async (...wanted: readonly string[]): Promise<void> =>
      vi.waitFor(
        async () => {
          told.push(...(await receiveAll(process.endpoint, queueUrl)));
          expect(told.toSorted()).toEqual(wanted);
        },
        { timeout: 20_000, interval: 20 },
      );
    await isTold("begun async", "begun sync");

    await process.kill();
    expect(await answer).toBe("cut off");
    process = await startProcess(folder);
    await isTold("begun async", "begun async", "begun sync", "finished async");

    // what came to its end is not begun again
    await process.kill();
    process = await startProcess(folder);
    await process.machines.start(machine, { by: "next" });
    await isTold("begun async", "begun async", "begun next", "begun sync", "finished async", "finished next");
  },
);

interface RunningProcess {
  readonly endpoint: string;
  readonly client: ReturnType<typeof statesClient>;
  readonly machines: Machines;
  kill(): Promise<void>;
}

async function startProcess(folder: string): Promise<RunningProcess> {
  const child: ChildProcess = spawn(
    globalThis.process.execPath,
    ["--no-warnings", fileURLToPath(new URL("./runtimeProcess.ts", import.meta.url)), folder],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  onTestFinished(() => void child.kill("SIGKILL"));
  if (child.stdout === null) throw new Error("The process has no output.");
  const [endpoint] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
  const client = statesClient({ endpoint, region: "us-east-1" });
  return {
    endpoint,
    client,
    machines: new Machines(client),
    async kill() {
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
    },
  };
}

function flow(name: string, state: object): object {
  return { StartAt: name, States: { [name]: { ...state, End: true } } };
}

function queueClient(endpoint: string): SQSClient {
  return new SQSClient({ endpoint, region: "us-east-1", credentials: { accessKeyId: "test", secretAccessKey: "test" } });
}

async function createQueue(endpoint: string): Promise<string> {
  const client = queueClient(endpoint);
  const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: "told" }));
  client.destroy();
  // The port is another after a restart; the name is what counts.
  return new URL(QueueUrl ?? "").pathname.slice(1).replace(/^/, "http://sqs.us-east-1.amazonaws.com/");
}

async function receiveAll(endpoint: string, queueUrl: string): Promise<string[]> {
  const client = queueClient(endpoint);
  const bodies: string[] = [];
  for (;;) {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 3600 }),
    );
    if (Messages.length === 0) break;
    bodies.push(...Messages.map(({ Body }) => Body ?? ""));
  }
  client.destroy();
  return bodies;
}
