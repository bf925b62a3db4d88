// Runs the built command line as its user would, and ends what it started.
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import path from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");
const cli = path.join(root, "out/main/cli.js");

export interface Contrail {
  readonly child: ChildProcessWithoutNullStreams;
  /** The next line on stdout; rejects when the process ends first. */
  nextLine(): Promise<string>;
  nextJson(): Promise<Record<string, unknown>>;
  /** All that came on stderr so far. */
  stderr(): string;
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
}

export function contrail(args: readonly string[], options: { cwd?: string; env?: Record<string, string> } = {}): Contrail {
  const child = spawn(process.execPath, ["--enable-source-maps", "--no-warnings", cli, ...args], {
    cwd: options.cwd ?? root,
    env: { ...process.env, ...options.env },
  });
  let stderr = "";
  child.stderr.on("data", (chunk) => (stderr += chunk));
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) =>
    child.on("exit", (code, signal) => resolve({ code, signal })),
  );
  const lines: string[] = [];
  const waiting: ((line: string) => void)[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => {
    const next = waiting.shift();
    if (next === undefined) lines.push(line);
    else next(line);
  });
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await exited;
  });
  const nextLine = (): Promise<string> => {
    const line = lines.shift();
    if (line !== undefined) return Promise.resolve(line);
    return Promise.race([
      new Promise<string>((resolve) => waiting.push(resolve)),
      exited.then(({ code }) => Promise.reject(new Error(`contrail ${args.join(" ")} ended with code ${code}: ${stderr}`))),
    ]);
  };
  return { child, nextLine, nextJson: async () => JSON.parse(await nextLine()) as Record<string, unknown>, stderr: () => stderr, exited };
}

/** Runs a command that ends by itself, with `input` on its stdin. */
export async function ended(
  args: readonly string[],
  input = "",
): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
  const child = spawn(process.execPath, ["--enable-source-maps", "--no-warnings", cli, ...args], { cwd: root });
  onTestFinished(() => void child.kill("SIGKILL"));
  const code = new Promise<number | null>((resolve) => child.on("exit", resolve));
  child.stdin.end(input);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await code, stdout, stderr };
}
