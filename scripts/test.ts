// `npm test`: builds, runs vitest (model, kernel, services, CLI), then Playwright on the Studio in a real browser; ends with one summary.
import { spawn } from "node:child_process";
import path from "node:path";
import { build } from "./build.ts";

const root = path.resolve(import.meta.dirname, "..");
const only = process.argv[2];

await build({ ifNeeded: true });
const suites = [
  { name: "runtime, model, command line", isWanted: only !== "studio", command: ["vitest", "run"] },
  { name: "Studio in a browser", isWanted: only !== "runtime", command: ["playwright", "test"] },
];
const results: { name: string; passed: number; failed: number; skipped: number; code: number }[] = [];
for (const suite of suites.filter(({ isWanted }) => isWanted)) {
  console.log(`\n━━ ${suite.name} ━━`);
  results.push({ name: suite.name, ...(await run(suite.command)) });
}

console.log("");
for (const { name, passed, failed, skipped } of results) console.log(`${name}: ${passed} passed, ${failed} failed, ${skipped} skipped`);
const sum = (key: "passed" | "failed" | "skipped"): number => results.reduce((total, result) => total + result[key], 0);
console.log(`${sum("passed")} passed, ${sum("failed")} failed, ${sum("skipped")} skipped`);
process.exit(results.every((result) => result.code === 0) ? 0 : 1);

function run(command: readonly string[]): Promise<{ passed: number; failed: number; skipped: number; code: number }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [path.join(root, "scripts/node.mjs"), ...command], {
      cwd: root,
      env: { ...process.env, NO_COLOR: "1" },
      stdio: ["ignore", "pipe", "inherit"],
    });
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => child.kill(signal));
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk;
      process.stdout.write(chunk);
    });
    child.on("exit", (code) => {
      // vitest: "Tests  2 failed | 31 passed (33)"; Playwright: "  12 passed (40s)", "  1 failed"
      const summary = /^\s*Tests\s.*$/m.exec(output)?.[0] ?? output.slice(-2_000);
      const count = (word: string): number => Number(new RegExp(`(\\d+) ${word}`).exec(summary)?.[1] ?? 0);
      resolve({ passed: count("passed"), failed: count("failed"), skipped: count("skipped"), code: code ?? 1 });
    });
  });
}
