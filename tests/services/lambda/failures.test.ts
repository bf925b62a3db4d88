import { expect, test } from "vitest";
import { lambdaRuntime } from "./lambdaRuntime.ts";

test("what a handler throws comes back as Lambda shapes it", async () => {
  const { create, invoke } = await lambdaRuntime();
  await create(
    "throws",
    "class OutOfStock extends Error { name = 'OutOfStock' }\nexport const handler = async () => { throw new OutOfStock('no more apples'); };",
  );

  const answer = await invoke("throws");

  expect(answer).toMatchObject({ status: 200, error: "Unhandled", payload: { errorType: "OutOfStock", errorMessage: "no more apples" } });
  expect(answer.payload.trace[0]).toBe("OutOfStock: no more apples");
  expect(answer.payload.trace[1]).toMatch(/index\.mjs:2:/);
  expect(answer.log).toMatch(/\tERROR\tInvoke Error \t\{"errorType":"OutOfStock"/);
});

test("a value that is no error is told by its type", async () => {
  const { create, invoke } = await lambdaRuntime();
  await create("throws", "export const handler = async () => { throw 'just words'; };");

  expect((await invoke("throws")).payload).toEqual({ errorType: "string", errorMessage: "just words", trace: [] });
});

test.each([
  [
    "a missing module",
    { "index.mjs": "import 'not-installed'; export const handler = () => {};" },
    "index.handler",
    "Runtime.ImportModuleError",
    /Cannot find package 'not-installed'/,
  ],
  ["a missing file", { "index.mjs": "" }, "other.handler", "Runtime.ImportModuleError", /Cannot find module 'other'/],
  [
    "a missing export",
    { "index.mjs": "export const main = () => {};" },
    "index.handler",
    "Runtime.HandlerNotFound",
    /^index\.handler is undefined or not exported$/,
  ],
  [
    "an export that is no function",
    { "index.mjs": "export const handler = 1;" },
    "index.handler",
    "Runtime.HandlerNotFound",
    /^index\.handler is not a function$/,
  ],
  ["a syntax error", { "index.js": "exports.handler = async ( => 1;" }, "index.handler", "Runtime.UserCodeSyntaxError", /^SyntaxError: /],
  ["a handler name without a dot", { "index.js": "" }, "index", "Runtime.MalformedHandlerName", /^Bad handler$/],
  ["an error while loading", { "index.js": "throw new TypeError('at start')" }, "index.handler", "TypeError", /^at start$/],
])("%s is Lambda's own error", async (_what, files, handler, errorType, message) => {
  const { create, invoke } = await lambdaRuntime();
  await create("broken", files, { Handler: handler });

  const answer = await invoke("broken");

  expect(answer).toMatchObject({ status: 200, error: "Unhandled", payload: { errorType } });
  expect(answer.payload.errorMessage).toMatch(message);
});

test("a handler that never ends is killed at its timeout, and the next invocation works", async () => {
  const { create, invoke } = await lambdaRuntime();
  await create("loops", "export const handler = async ({ spin }) => { console.log('begins'); if (spin) for (;;); return 'fine'; };", {
    Timeout: 1,
  });

  const answer = await invoke("loops", { spin: true });

  expect(answer.payload).toEqual({
    errorType: "Sandbox.Timedout",
    errorMessage: expect.stringMatching(/^RequestId: \S+ Error: Task timed out after 1\.00 seconds$/),
  });
  expect(answer.log).toMatch(/begins\n/);
  expect(answer.log).toMatch(/Task timed out after 1\.00 seconds\n/);
  expect((await invoke("loops")).payload).toBe("fine");
});

test("a process that exits fails only its own invocation", async () => {
  const { create, invoke } = await lambdaRuntime();
  await create("exits", "export const handler = async ({ code }) => { if (code !== undefined) process.exit(code); return process.pid; };");

  const first = await invoke("exits");
  const [exited, untouched] = await Promise.all([invoke("exits", { code: 3 }), invoke("exits")]);

  expect(exited.payload).toEqual({
    errorType: "Runtime.ExitError",
    errorMessage: expect.stringMatching(/^RequestId: \S+ Error: Runtime exited with error: exit status 3$/),
  });
  expect(untouched).toMatchObject({ error: undefined, payload: expect.any(Number) });
  expect((await invoke("exits", { code: 0 })).payload.errorMessage).toMatch(/Runtime exited without providing a reason$/);
  expect((await invoke("exits")).payload).not.toBe(first.payload);
});

test("an error outside of the handler's promise ends the environment", async () => {
  const { create, invoke } = await lambdaRuntime();
  await create(
    "stray",
    `
    export const handler = ({ how }) => new Promise((resolve) => {
      if (how === "throw") setImmediate(() => { throw new RangeError("far away"); });
      else if (how === "reject") Promise.reject(new Error("nobody caught me"));
      else resolve("fine");
    });`,
  );

  expect((await invoke("stray", { how: "throw" })).payload).toMatchObject({ errorType: "RangeError", errorMessage: "far away" });
  expect((await invoke("stray", { how: "reject" })).payload).toMatchObject({
    errorType: "Runtime.UnhandledPromiseRejection",
    errorMessage: "Error: nobody caught me",
  });
  expect((await invoke("stray")).payload).toBe("fine");
});

test("a promise that is never settled is an error, not a hang", async () => {
  const { create, invoke } = await lambdaRuntime();
  await create("forgets", "export const handler = async () => new Promise(() => {});");

  expect((await invoke("forgets")).payload).toMatchObject({ errorType: "Runtime.NodeJsExit" });
});

test("memory over the limit ends the environment, in the JavaScript heap and beside it", async () => {
  const { create, invoke } = await lambdaRuntime();
  await create(
    "leaks",
    `
    const kept = [];
    export const handler = async ({ what }) => {
      for (;;) {
        kept.push(what === "buffers" ? Buffer.alloc(2e6, 1) : new Array(1e5).fill(Math.random()));
        await new Promise(setImmediate);
      }
    };`,
    { Timeout: 30 },
  );

  const expected = { errorType: "Runtime.OutOfMemory", errorMessage: expect.stringMatching(/Runtime exited with error: signal: killed$/) };
  expect((await invoke("leaks", { what: "buffers" })).payload).toEqual(expected);
  expect((await invoke("leaks", { what: "arrays" })).payload).toEqual(expected);
}, 30_000);

test("an answer over 6 MB is refused", async () => {
  const { create, invoke } = await lambdaRuntime();
  await create("large", "export const handler = async ({ bytes }) => 'x'.repeat(bytes);");

  expect((await invoke("large", { bytes: 6_000_000 })).error).toBeUndefined();
  expect((await invoke("large", { bytes: 6_300_000 })).payload).toEqual({
    errorType: "Function.ResponseSizeTooLarge",
    errorMessage: "Response payload size exceeded maximum allowed payload size (6291556 bytes).",
  });
});

test("a circular answer is the function's error", async () => {
  const { create, invoke } = await lambdaRuntime();
  await create("circular", "export const handler = async () => { const a = {}; a.a = a; return a; };");

  expect((await invoke("circular")).payload).toMatchObject({ errorMessage: "Unable to stringify response body" });
});

test("ten megabytes of output do not hurt", async () => {
  const { create, invoke, runtime } = await lambdaRuntime();
  await create(
    "talks",
    "export const handler = async () => { for (let i = 0; i < 10240; i++) console.log(i, 'x'.repeat(1024)); return 'said'; };",
  );

  const answer = await invoke("talks");

  expect(answer).toMatchObject({ error: undefined, payload: "said" });
  const lines = runtime.traces.logs({ limit: 2000 });
  expect(lines.some((line) => line.level === "platform" && /Output over 2 MB of one invocation is not kept/.test(line.message))).toBe(true);
});
