// `npm run check`: types of both worlds, lint with the layer table, format, dead code; side by side. `--fix` mends what tools can mend.
import { spawn } from "node:child_process";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");
const isFixing = process.argv.includes("--fix");

const checks: readonly (readonly [name: string, ...command: string[]])[] = isFixing
  ? [
      ["lint", "oxlint", "--fix"],
      ["format", "oxfmt"],
    ]
  : [
      // One thread each: five checks run side by side, and on few processors the compiler's threads wait for each other.
      ["types (Node)", "tsc", "-p", "tsconfig.json", "--singleThreaded"],
      ["types (web)", "tsc", "-p", "tsconfig.web.json", "--singleThreaded"],
      ["lint and layers", "oxlint", "--deny-warnings"],
      ["format", "oxfmt", "--check"],
      ["dead code", "knip", "--no-progress"],
    ];

const began = performance.now();
const results = await Promise.all(checks.map(([name, ...command]) => run(name, command)));
for (const { name, code, output, seconds } of results) {
  if (code !== 0) console.log(`\n── ${name} ──\n${output.trimEnd()}`);
  console.log(`${code === 0 ? "ok    " : "FAILED"} ${name} (${seconds.toFixed(1)} s)`);
}
console.log(`${isFixing ? "Fixed" : "Checked"} in ${((performance.now() - began) / 1000).toFixed(1)} s`);
process.exit(results.every((result) => result.code === 0) ? 0 : 1);

function run(name: string, command: readonly string[]): Promise<{ name: string; code: number | null; output: string; seconds: number }> {
  return new Promise((resolve) => {
    const start = performance.now();
    const child = spawn(process.execPath, [path.join(root, "scripts/node.mjs"), ...command], { cwd: root });
    let output = "";
    child.stdout.on("data", (chunk) => (output += chunk));
    child.stderr.on("data", (chunk) => (output += chunk));
    child.on("exit", (code) => resolve({ name, code, output, seconds: (performance.now() - start) / 1000 }));
  });
}
