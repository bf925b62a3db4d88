// Builds main, preload and renderer, and packs the type libraries for the code editor. `--if-needed`: only when sources are newer.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { packTypeLibraries } from "./typeLibraries.ts";

const root = path.resolve(import.meta.dirname, "..");
const stamp = path.join(root, "out", ".built");

export async function build(options: { ifNeeded: boolean }): Promise<void> {
  if (options.ifNeeded && isFresh()) return;
  const began = performance.now();
  console.log("Building Contrail (main, preload, renderer); this takes a moment the first time.");
  await run(["electron-vite", "build", "--logLevel", "warn"]);
  const count = packTypeLibraries(root, path.join(root, "out", "typeLibraries.json"));
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, "");
  console.log(`Built in ${((performance.now() - began) / 1000).toFixed(1)} s (with types of ${count} files for the editor).`);
}

function isFresh(): boolean {
  if (!existsSync(stamp) || !existsSync(path.join(root, "out/main/cli.js")) || !existsSync(path.join(root, "out/renderer/index.html"))) return false;
  const built = statSync(stamp).mtimeMs;
  const files = ["package-lock.json", "electron.vite.config.ts", "scripts/typeLibraries.ts"].map((file) => path.join(root, file));
  return newest(path.join(root, "src")) <= built && newest(path.join(root, "resources", "icons")) <= built && files.every((file) => !existsSync(file) || statSync(file).mtimeMs <= built);
}

function newest(folder: string): number {
  if (!existsSync(folder)) return 0;
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return Math.max(0, ...entries.map((entry) => statSync(path.join(entry.parentPath, entry.name)).mtimeMs));
}

function run(args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [path.join(root, "scripts/node.mjs"), ...args], { cwd: root, stdio: "inherit" });
    child.on("exit", (code) => (code === 0 ? resolve() : reject(new Error(`${args[0]} ended with code ${code}`))));
  });
}

if (import.meta.main) await build({ ifNeeded: process.argv.includes("--if-needed") });
