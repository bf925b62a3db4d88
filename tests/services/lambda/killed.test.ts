import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { CreateFunctionCommand, InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { expect, onTestFinished, test } from "vitest";
import { temporaryFolder } from "../../support/runtime.ts";
import { role, zip } from "./lambdaRuntime.ts";
import { eventually } from "../../support/eventually.ts";

const canGuard = spawnSync("setpriv", ["--pdeathsig", "KILL", "true"]).status === 0;

test.runIf(canGuard)("handlers in an endless loop end with a runtime that is killed", async () => {
  const child = spawn(
    process.execPath,
    ["--no-warnings", fileURLToPath(new URL("./runtimeProcess.ts", import.meta.url)), temporaryFolder()],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  onTestFinished(() => void child.kill("SIGKILL"));
  const [endpoint] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
  const client = new LambdaClient({
    endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
  });
  onTestFinished(() => client.destroy());
  const told = Promise.withResolvers<number>();
  const door = createServer((request, response) => {
    response.end();
    told.resolve(Number(request.url?.slice(1)));
  });
  onTestFinished(() => void door.close());
  await once(door.listen(0, "127.0.0.1"), "listening");
  const source = `export const handler = async ({ url }) => {
  await fetch(url + process.pid);
  for (;;) {}
};`;
  await client.send(
    new CreateFunctionCommand({
      FunctionName: "loop",
      Runtime: "nodejs22.x",
      Handler: "index.handler",
      Role: role,
      Timeout: 60,
      Code: { ZipFile: zip(source) },
    }),
  );
  const event = { url: `http://127.0.0.1:${(door.address() as AddressInfo).port}/` };
  void client.send(new InvokeCommand({ FunctionName: "loop", Payload: JSON.stringify(event) })).catch(() => {});
  const pid = await told.promise;
  onTestFinished(() => {
    if (isAlive(pid)) process.kill(pid, "SIGKILL");
  });

  child.kill("SIGKILL");

  await eventually(() => expect(isAlive(pid)).toBe(false));
});

/** A dead process whose new parent has not asked for it yet still has a number. */
function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}
