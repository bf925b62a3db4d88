// Builds main, preload and renderer, and packs the type libraries for the code editor. `--if-needed`: only when sources are newer.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { packTypeLibraries } from "./typeLibraries.ts";

const root = path.resolve(import.meta.dirname, "..");
const stamp = path.join(root, "out", ".built");

/** Holds the id of the process that is building: two that start side by side do not write the same files. */
const lock = path.join(root, "out", ".building");

export async function build(options: { ifNeeded: boolean }): Promise<void> {
  if (options.ifNeeded && isFresh()) return;
  mkdirSync(path.dirname(lock), { recursive: true });
  for (let said = false; !takeLock(); said = true) {
    if (!said) console.log("Another Contrail is building; waiting for it.");
    await pause(200);
  }
  try {
    // whoever held the lock may have built what is wanted here
    if (!(options.ifNeeded && isFresh())) await buildAll();
  } finally {
    rmSync(lock, { force: true });
  }
}

async function buildAll(): Promise<void> {
  const began = performance.now();
  rmSync(stamp, { force: true });
  // what V8 kept of the code before
  rmSync(path.join(root, "out", ".compiled"), { recursive: true, force: true });
  console.log("Building Contrail (main, preload, renderer); this takes a moment the first time.");
  await run(["electron-vite", "build", "--logLevel", "warn"]);
  const count = packTypeLibraries(root, path.join(root, "out", "typeLibraries.json"));
  writeFileSync(stamp, "");
  console.log(`Built in ${((performance.now() - began) / 1000).toFixed(1)} s (with types of ${count} files for the editor).`);
}

function takeLock(): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    if (isAbandoned()) rmSync(lock, { force: true });
    return false;
  }
}

/** Its holder was killed, or it is older than any build takes (a process id may be used again). */
function isAbandoned(): boolean {
  const found = statSync(lock, { throwIfNoEntry: false });
  if (found === undefined) return false;
  if (Date.now() - found.mtimeMs > 300_000) return true;
  const holder = Number(readFileSync(lock, "utf8"));
  try {
    if (holder > 0) process.kill(holder, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}

function isFresh(): boolean {
  if (!existsSync(stamp) || !existsSync(path.join(root, "out/main/cli.js")) || !existsSync(path.join(root, "out/renderer/index.html")))
    return false;
  const built = statSync(stamp).mtimeMs;
  const files = ["package-lock.json", "electron.vite.config.ts", "scripts/typeLibraries.ts"].map((file) => path.join(root, file));
  return (
    newest(path.join(root, "src")) <= built &&
    newest(path.join(root, "resources", "icons")) <= built &&
    files.every((file) => !existsSync(file) || statSync(file).mtimeMs <= built)
  );
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
