import path from "node:path";
import fc from "fast-check";
import { expect, test, vi } from "vitest";
import type { Span } from "../../src/model/trace.ts";
import { createRuntime, type Runtime } from "../../src/runtime/index.ts";

const template = `
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders: { Type: AWS::SQS::Queue }
  Parcels: { Type: AWS::SQS::Queue, Properties: { VisibilityTimeout: 2, RedrivePolicy: { deadLetterTargetArn: !GetAtt Lost.Arn, maxReceiveCount: 2 } } }
  Lost: { Type: AWS::SQS::Queue }
  Pack:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs24.x
      Handler: pack.handler
      CodeUri: src
      Timeout: 2
      Environment: { Variables: { ORDERS: !Ref Orders } }
      Events:
        Parcels: { Type: SQS, Properties: { Queue: !GetAtt Parcels.Arn } }
  Greet:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs24.x
      Handler: greet.handler
      CodeUri: src
      Events:
        Any: { Type: HttpApi, Properties: { Path: "/{proxy+}", Method: ANY } }
Outputs:
  Queue: { Value: !Ref Orders }
  Parcels: { Value: !Ref Parcels }
`;
const start = Date.UTC(2026, 0, 1);

type Step =
  | { readonly type: "request"; readonly method: string; readonly path: string; readonly body: string }
  | { readonly type: "send"; readonly body: string; readonly delaySeconds: number }
  | { readonly type: "pack"; readonly body: string }
  | { readonly type: "receive" }
  | { readonly type: "advance"; readonly milliseconds: number };

const steps = fc.array(
  fc.oneof(
    fc.record({
      type: fc.constant("request" as const),
      method: fc.constantFrom("GET", "POST"),
      path: fc.constantFrom("/a", "/b/c", "/throw"),
      body: fc.string({ maxLength: 20 }),
    }),
    fc.record({
      type: fc.constant("send" as const),
      body: fc.string({ minLength: 1, maxLength: 20, unit: "grapheme-ascii" }),
      delaySeconds: fc.integer({ min: 0, max: 5 }),
    }),
    fc.record({ type: fc.constant("pack" as const), body: fc.constantFrom("lamp", "vase", "throw") }),
    fc.record({ type: fc.constant("receive" as const) }),
    fc.record({ type: fc.constant("advance" as const), milliseconds: fc.integer({ min: 0, max: 10_000 }) }),
  ),
  { minLength: 1, maxLength: 8 },
);

/** Plays the steps in a fresh runtime whose clock stands, and gives every span of every trace. */
async function play(projectDirectory: string, seed: number, wanted: readonly Step[]): Promise<unknown> {
  const runtime = await createRuntime({ seed, startAt: start });
  try {
    runtime.clock.pause();
    await runtime.clock.advance(start + 60_000 - runtime.clock.state().now);
    const { outputs } = await runtime.deploy({
      stackName: "repeat",
      projectDirectory,
      templatePath: "template.yaml",
      templateText: template,
      parameters: {},
    });
    const invoke = (operation: string, input: object) =>
      runtime.invokeAsStudio({ service: "sqs", operation, input: { QueueUrl: String(outputs["Queue"]), ...input } });
    const [api] = runtime.urls();
    const parcels = String(outputs["Parcels"]).split("/").at(-1) ?? "";
    const waitingParcels = async () =>
      (await runtime.inspect("sqs", parcels, runtime.region, { view: "messages", limit: 100 })).rows.filter(
        (row) => row.cells["state"] === "visible",
      );
    // what is set off runs on real processes, in real time: whatever comes next waits for it
    const isQuiet = () =>
      vi.waitFor(
        async () => {
          // between a message's receipt and its function's start nothing is seen to wait or to run
          await new Promise(setImmediate);
          expect([await waitingParcels(), runtime.traces.list({ limit: 1000, outcome: "running" })]).toEqual([[], []]);
        },
        { interval: 5, timeout: 5000 },
      );
    for (const step of wanted) {
      if (step.type === "request")
        await runtime.request({
          resource: api!.logicalId,
          method: step.method,
          path: step.path,
          headers: [],
          body: step.method === "GET" ? "" : step.body,
        });
      else if (step.type === "send") await invoke("SendMessage", { MessageBody: step.body, DelaySeconds: step.delaySeconds });
      else if (step.type === "receive") await invoke("ReceiveMessage", { MaxNumberOfMessages: 10, WaitTimeSeconds: 0 });
      else if (step.type === "pack")
        await runtime.invokeAsStudio({
          service: "sqs",
          operation: "SendMessage",
          input: { QueueUrl: String(outputs["Parcels"]), MessageBody: step.body },
        });
      else {
        const until = runtime.clock.state().now + step.milliseconds;
        for (let next = nextDue(runtime, until); next !== undefined; next = nextDue(runtime, until)) {
          await runtime.clock.advance(next - runtime.clock.state().now);
          await isQuiet();
        }
        await runtime.clock.advance(until - runtime.clock.state().now);
      }
      await isQuiet();
    }
    // traces that began at one moment come in the order in which they were written, which is the machine's
    const traceIds = runtime.traces
      .list({ limit: 1000 })
      .map(({ traceId }) => traceId)
      .toSorted();
    const spans = traceIds.flatMap((traceId) => runtime.traces.get(traceId).map((span) => runtime.traces.span(span.traceId, span.spanId)));
    return normalised(spans, runtime.endpoint);
  } finally {
    await runtime.close();
  }
}

function nextDue(runtime: Runtime, until: number): number | undefined {
  return runtime.clock.state().due.find(({ at }) => at <= until)?.at;
}

/** The port is the machine's choice; times and memory that user processes report are real. */
function normalised(spans: readonly (Span | undefined)[], endpoint: string): unknown {
  const port = endpoint.split(":").at(-1) ?? "";
  const text = JSON.stringify(spans)
    .replaceAll(new RegExp(`\\b${port}\\b`, "g"), "PORT")
    .replaceAll(/(Duration: )[\d.]+ ms/g, "$1TIME")
    .replaceAll(/(Memory Used: )\d+/g, "$1MB");
  return JSON.parse(text);
}

test("the same seed and the same requests give the same trace, twice", async () => {
  const projectDirectory = path.join(import.meta.dirname, "repeatable");
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 2 ** 40 }), steps, async (seed, wanted) => {
      const first = await play(projectDirectory, seed, wanted);
      const second = await play(projectDirectory, seed, wanted);
      expect(second).toEqual(first);
    }),
    { numRuns: 10, endOnFailure: true },
  );
}, 60_000);
