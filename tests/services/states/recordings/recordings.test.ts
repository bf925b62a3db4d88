import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { createRuntime } from "../../../../src/runtime/index.ts";
import { expectedPasses } from "./expectedPasses.ts";
import { all, type Differences, levels, reached } from "./judge.ts";
import type { Data } from "./matcher.ts";
import { NotRunnable, RecordingRunner } from "./runRecording.ts";

const folder = path.join(import.meta.dirname, "cases");
const atOnce = 8;
/** Waits and retries run this much faster; functions run at their own speed. */
const clockRate = 40;

test("Executions, TestState and the API answer as AWS was recorded", { timeout: 120_000 }, async () => {
  const runtime = await createRuntime({ seed: 1, isTracing: false });
  const runner = new RecordingRunner(runtime);
  const passes: Record<string, number[]> = {};
  const differences: string[] = [];
  try {
    runtime.clock.run(clockRate);
    const queue = readdirSync(folder).flatMap((file) => {
      const category = path.basename(file, ".jsonl");
      passes[category] = [0, 0, 0, 0, 0, 0];
      const lines = readFileSync(path.join(folder, file), "utf8").split("\n");
      return lines.filter((line) => line !== "").map((line) => ({ category, recording: JSON.parse(line) as Data }));
    });
    const work = async (): Promise<void> => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const judged = await judge(runner, next.recording);
        if (judged === undefined) continue;
        const counts = passes[next.category] ?? [];
        counts[0] = (counts[0] ?? 0) + 1;
        const level = reached(judged);
        for (let index = 1; index <= level; index++) counts[index] = (counts[index] ?? 0) + 1;
        const name = levels[level];
        if (name !== undefined) differences.push(`${next.category}/${next.recording.id} (${name}): ${judged[name] ?? ""}`);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
  } finally {
    runner.close();
    await runtime.close();
  }
  expect(passes, differences.toSorted().join("\n")).toEqual(expectedPasses);
});

/** Undefined: it needs what is not here. */
async function judge(runner: RecordingRunner, recording: Data): Promise<Differences | undefined> {
  try {
    return await runner.run(recording);
  } catch (error) {
    if (error instanceof NotRunnable) return undefined;
    return all(String(error));
  }
}
