import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import type { Runtime, RuntimeOptions } from "../../src/runtime/index.ts";
import type { Service } from "../../src/runtime/kernel/service.ts";
import { startRuntime } from "../../src/runtime/startRuntime.ts";

/** A folder of its own for one test, deleted at its end. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "contrail-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}

/** A runtime on a free port with the given services and a fixed seed, ended with the test. For all services, use createRuntime. */
export async function runtimeWith(services: readonly Service[], options: RuntimeOptions = {}): Promise<Runtime> {
  const runtime = await startRuntime(services, { seed: 1, ...options });
  onTestFinished(() => runtime.close());
  return runtime;
}

/** What an AWS SDK client needs to talk to it. */
export function clientOptions(runtime: Runtime): {
  endpoint: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  maxAttempts: number;
} {
  return {
    endpoint: runtime.endpoint,
    region: runtime.region,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
  };
}
