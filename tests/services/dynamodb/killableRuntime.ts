import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

/** A process that is ready to run a runtime on a folder: loading it takes longest, so it can be done while another still runs. */
export function prepareRuntime(dataDirectory: string, compileCache?: string) {
  const program = fileURLToPath(new URL("./runtimeProcess.ts", import.meta.url));
  const env = { ...process.env, ...(compileCache && { NODE_COMPILE_CACHE: compileCache }) };
  const child = spawn(process.execPath, ["--no-warnings", program, dataDirectory], { stdio: ["pipe", "pipe", "inherit"], env });
  onTestFinished(() => void child.kill("SIGKILL"));
  const ended = once(child, "exit");
  return {
    /** What an SDK client needs. */
    async start() {
      child.stdin.write("begin\n");
      const [endpoint] = (await once(createInterface({ input: child.stdout }), "line")) as [string];
      return { endpoint, region: "us-east-1", credentials: { accessKeyId: "test", secretAccessKey: "test" }, maxAttempts: 1 };
    },
    kill: () => void child.kill("SIGKILL"),
    ended,
  };
}
