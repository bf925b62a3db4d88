import { DeleteFunctionCommand, InvokeCommand, PutFunctionEventInvokeConfigCommand } from "@aws-sdk/client-lambda";
import { expect, test } from "vitest";
import { lambdaRuntime } from "./lambdaRuntime.ts";
import { eventually } from "../../support/eventually.ts";

const failing =
  "import { appendFileSync } from 'node:fs'; export const handler = async ({ file }) => { appendFileSync(file, 'x'); throw new Error('always'); };";

async function attempts(file: string): Promise<number> {
  const { readFile } = await import("node:fs/promises");
  return (await readFile(file, "utf8").catch(() => "")).length;
}

test("an event that fails is tried twice more, after one and after two minutes", async () => {
  const { create, client, runtime } = await lambdaRuntime();
  const { temporaryFolder } = await import("../../support/runtime.ts");
  const file = `${temporaryFolder()}/attempts`;
  await create("fails", failing);

  const answer = await client.send(
    new InvokeCommand({ FunctionName: "fails", InvocationType: "Event", Payload: JSON.stringify({ file }) }),
  );

  expect(answer.StatusCode).toBe(202);
  await eventually(async () => expect(runtime.clock.state().due.map((due) => due.title)).toContain("fails attempt 2"));
  expect(await attempts(file)).toBe(1);
  await runtime.clock.advance(59_000);
  expect(await attempts(file)).toBe(1);
  await runtime.clock.advance(2_000);
  await eventually(async () => expect(await attempts(file)).toBe(2));
  await eventually(async () => expect(runtime.clock.state().due.map((due) => due.title)).toContain("fails attempt 3"));
  await runtime.clock.advance(121_000);
  await eventually(async () => expect(await attempts(file)).toBe(3));
  await eventually(async () =>
    expect((await runtime.inspect("lambda", "fails", "us-east-1", { view: "events", limit: 10 })).total).toBe(0),
  );
});

test("retries can be turned off, and a deleted function's events go with it", async () => {
  const { create, client, runtime } = await lambdaRuntime();
  const { temporaryFolder } = await import("../../support/runtime.ts");
  const file = `${temporaryFolder()}/attempts`;
  await create("fails", failing);
  await client.send(new PutFunctionEventInvokeConfigCommand({ FunctionName: "fails", MaximumRetryAttempts: 0 }));

  await client.send(new InvokeCommand({ FunctionName: "fails", InvocationType: "Event", Payload: JSON.stringify({ file }) }));

  await eventually(async () =>
    expect((await runtime.inspect("lambda", "fails", "us-east-1", { view: "events", limit: 10 })).total).toBe(0),
  );
  expect(await attempts(file)).toBe(1);
  await client.send(new DeleteFunctionCommand({ FunctionName: "fails" }));
});

test("an event is part of the trace of who sent it", async () => {
  const { create, client, runtime } = await lambdaRuntime();
  await create("notes", "export const handler = async (event) => event;");

  await client.send(new InvokeCommand({ FunctionName: "notes", InvocationType: "Event", Payload: '{"a":1}' }));

  await eventually(async () => {
    await runtime.traces.flush();
    const [trace] = runtime.traces.list({ limit: 10 }).filter((summary) => summary.title === "Invoke");
    expect(runtime.traces.get(trace!.traceId).map((span) => [span.kind, span.operation, span.outcome])).toEqual([
      ["operation", "Invoke", "ok"],
      ["invocation", "Invoke", "ok"],
    ]);
  });
});

test("an event that waits for its next attempt is still there after a restart", async () => {
  const { temporaryFolder } = await import("../../support/runtime.ts");
  const dataDirectory = temporaryFolder();
  const file = `${temporaryFolder()}/attempts`;
  const before = await lambdaRuntime({ dataDirectory });
  await before.create("fails", failing);
  await before.client.send(new InvokeCommand({ FunctionName: "fails", InvocationType: "Event", Payload: JSON.stringify({ file }) }));
  await eventually(() => expect(before.runtime.clock.state().due.map((due) => due.title)).toContain("fails attempt 2"));
  await before.runtime.close();

  const after = await lambdaRuntime({ dataDirectory });
  await after.runtime.clock.advance(61_000);

  await eventually(async () => expect(await attempts(file)).toBe(2));
});
