// `npm start`: builds what is missing, then opens the desktop window where Electron is installed, else the Studio in the browser.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { build } from "./build.ts";

const root = path.resolve(import.meta.dirname, "..");
const args = process.argv.slice(2);

await build({ ifNeeded: true });
const electron = electronBinary();
if (electron === null) {
  console.log(
    "Electron is not installed, so the Studio opens in the browser (for the desktop window: node node_modules/electron/install.js, then npm start).",
  );
  launch(process.execPath, [
    "--enable-source-maps",
    "--no-warnings",
    "out/main/cli.js",
    "open",
    ...(args.length > 0 ? args : ["--example", "orders"]),
  ]);
} else {
  launch(electron, [root, ...args]);
}

function launch(command: string, commandArgs: readonly string[]): void {
  const child = spawn(command, commandArgs, { cwd: root, stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => child.kill(signal));
  child.on("exit", (code) => process.exit(code ?? 0));
}

/** Where Electron's binary is, without asking the package itself: that would try to download it. */
function electronBinary(): string | null {
  const folder = path.join(root, "node_modules", "electron");
  if (!existsSync(path.join(folder, "path.txt"))) return null;
  const binary = path.join(folder, "dist", readFileSync(path.join(folder, "path.txt"), "utf8").trim());
  return existsSync(binary) ? binary : null;
}
