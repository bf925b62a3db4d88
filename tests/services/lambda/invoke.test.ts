import { expect, test } from "vitest";
import { lambdaRuntime } from "./lambdaRuntime.ts";

test("a handler gets the event and its answer comes back", async () => {
  const { create, invoke } = await lambdaRuntime();
  await create("double", "export const handler = async (event) => ({ doubled: event.n * 2 });");

  const answer = await invoke("double", { n: 21 });

  expect(answer).toMatchObject({ status: 200, error: undefined, payload: { doubled: 42 }, executedVersion: "$LATEST" });
  expect(answer.log).toMatch(
    /^START RequestId: \S+ Version: \$LATEST\nEND RequestId: \S+\nREPORT RequestId: \S+\tDuration: [\d.]+ ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB.*Init Duration: [\d.]+ ms/s,
  );
});
