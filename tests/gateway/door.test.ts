import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import type { Runtime } from "../../src/runtime/index.ts";
import { lambda } from "../../src/runtime/services/lambda/service.ts";
import { sqsService } from "../../src/runtime/services/sqs/service.ts";
import { stsService } from "../../src/runtime/services/sts/service.ts";
import { send, sendRaw } from "../support/http.ts";
import { clientOptions, runtimeWith } from "../support/runtime.ts";
import { lambdaRuntime } from "../services/lambda/lambdaRuntime.ts";

const identity = {
  method: "POST",
  headers: { "content-type": "application/x-www-form-urlencoded" },
  body: "Action=GetCallerIdentity&Version=2011-06-15",
} as const;

function port(runtime: Runtime): number {
  return Number(new URL(runtime.endpoint).port);
}

test("a page that lets its own name point to this machine gets nothing", async () => {
  const runtime = await runtimeWith([stsService]);
  const foreign = await send(`http://evil.example:${port(runtime)}/`, identity);
  expect(foreign.status).toBe(403);
  expect(foreign.json().message).toContain('"evil.example"');
  for (const host of ["127.0.0.1", "localhost", "sts.localhost", "sts.us-east-1.amazonaws.com"]) {
    expect((await send(`http://${host}:${port(runtime)}/`, identity)).status).toBe(200);
  }
});

test("pages of this machine may call the endpoint, other pages may not", async () => {
  const runtime = await runtimeWith([stsService]);
  const own = await send(runtime.endpoint, { ...identity, headers: { ...identity.headers, origin: "http://localhost:3000" } });
  expect([own.status, own.header("access-control-allow-origin")]).toEqual([200, "http://localhost:3000"]);
  const preflight = await send(runtime.endpoint, {
    method: "OPTIONS",
    headers: {
      origin: "http://localhost:3000",
      "access-control-request-method": "POST",
      "access-control-request-headers": "x-amz-target,authorization",
    },
  });
  expect([preflight.status, preflight.header("access-control-allow-headers")]).toEqual([204, "x-amz-target,authorization"]);
  const other = await send(runtime.endpoint, { ...identity, headers: { ...identity.headers, origin: "https://evil.example" } });
  expect([other.status, other.header("access-control-allow-origin")]).toEqual([403, undefined]);
});

test("what is not HTTP, or too much of it, is answered clearly and harms nobody", async () => {
  const runtime = await runtimeWith([stsService, sqsService]);
  expect(await sendRaw(port(runtime), "\u0000\u0001hello\r\n\r\n")).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n.*"message"/s);
  expect(await sendRaw(port(runtime), `GET / HTTP/1.1\r\nhost: localhost\r\nx-long: ${"x".repeat(100_000)}\r\n\r\n`)).toMatch(
    /^HTTP\/1\.1 431 /,
  );
  expect(
    await sendRaw(
      port(runtime),
      "POST / HTTP/1.1\r\nhost: localhost\r\nx-amz-target: AmazonSQS.ListQueues\r\ncontent-length: 99999999\r\n\r\n",
    ),
  ).toMatch(/^HTTP\/1\.1 413 .*RequestEntityTooLargeException/s);
  expect(
    (await send(`${runtime.endpoint}/%zz/%`, { headers: { authorization: "AWS4-HMAC-SHA256 Credential=a/b/c/sqs/aws4_request" } })).status,
  ).toBe(400);
  expect((await send(runtime.endpoint, { ...identity, body: `${"a.".repeat(10_000)}b=1&__proto__.x=1&${identity.body}` })).status).toBe(
    200,
  );
  expect((await send(runtime.endpoint, identity)).status).toBe(200);
});

test("a WebSocket upgrade is refused with a reason", async () => {
  const runtime = await runtimeWith([stsService]);
  const answer = await sendRaw(
    port(runtime),
    "GET / HTTP/1.1\r\nhost: abc.execute-api.localhost\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\n",
  );
  expect(answer).toMatch(/^HTTP\/1\.1 403 .*abc\.execute-api\.localhost/s);
});

test("when a client goes, the work that it waited for ends", async () => {
  const runtime = await runtimeWith([sqsService]);
  const sqs = new SQSClient(clientOptions(runtime));
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "orders" }));
  const ended = new Promise<number>((resolve) => {
    runtime.traces.onSpans((batch) =>
      batch.ended
        .filter((span) => span.operation === "ReceiveMessage")
        .forEach((span) => resolve((span.endedAt ?? Infinity) - span.startedAt)),
    );
  });
  const polling = new Promise<void>((resolve) => {
    runtime.traces.onSpans((batch) => batch.started.some((span) => span.operation === "ReceiveMessage") && resolve());
  });
  const gone = new AbortController();
  const receiving = sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }), { abortSignal: gone.signal });
  await polling;
  gone.abort();
  await expect(receiving).rejects.toThrow();
  expect(await ended).toBeLessThan(20_000);
});

test("what a function calls belongs to its own trace and is done in its name", async () => {
  const { runtime, create, invoke } = await lambdaRuntime({}, [lambda, stsService]);
  await create(
    "caller",
    `
    import http from "node:http";
    export const handler = ({ endpoint }) => new Promise((resolve, reject) => {
      const request = http.request(endpoint + "/?Action=GetCallerIdentity&Version=2011-06-15", { headers: { "x-amzn-trace-id": process.env._X_AMZN_TRACE_ID } }, (answer) => {
        answer.resume().on("end", () => resolve(answer.statusCode));
      });
      request.on("error", reject).end();
    });`,
  );
  expect((await invoke("caller", { endpoint: runtime.endpoint })).payload).toBe(200);
  await runtime.traces.flush();
  const trace = runtime.traces.list({ limit: 10 }).find((one) => one.title === "Invoke");
  const spans = runtime.traces.get(trace?.traceId ?? "");
  const call = spans.find((span) => span.operation === "GetCallerIdentity");
  expect(call?.actor).toMatchObject({ type: "resource", resource: { service: "lambda", name: "caller" } });
  expect(spans.find((span) => span.spanId === call?.parentId)?.target).toMatchObject({ service: "lambda", name: "caller" });
});

test("an unsigned request says by its host which service it means", async () => {
  const runtime = await runtimeWith([lambda]);
  for (const host of [
    "lambda.us-east-1.amazonaws.com",
    "lambda.amazonaws.com",
    "lambda.eu-central-1.localhost",
    "vpce-1.lambda.us-east-1.amazonaws.com",
  ]) {
    const answer = await send(`http://${host}:${port(runtime)}/2015-03-31/functions`);
    expect([answer.status, answer.text]).toEqual([200, expect.stringContaining('"Functions":[]')]);
  }
});

test("a path that is not UTF-8 in percent form is the client's fault", async () => {
  const runtime = await runtimeWith([lambda]);
  for (const name of ["%ff", "%zz"]) {
    const answer = await send(`http://lambda.us-east-1.amazonaws.com:${port(runtime)}/2015-03-31/functions/${name}`);
    expect([answer.status, answer.json().Message ?? answer.json().message]).toEqual([400, expect.stringContaining("malformed")]);
  }
});
