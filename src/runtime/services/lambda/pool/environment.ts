import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import os from "node:os";
import type { Duplex } from "node:stream";
import { encodeFrame, frameReader, frameType } from "../environment/frames.ts";
import type { Frame } from "../environment/frames.ts";
import type { DeadlineHead, FailedHead, FunctionError, InitHead, InvokeHead, LogHead, ReadyHead } from "../environment/protocol.ts";

export interface Launch {
  /** Node runs as whatever runs the runtime; other languages name theirs. */
  readonly command: string;
  readonly arguments: readonly string[];
  /** Environments launched alike may stand in for each other as spares. */
  readonly key: string;
  readonly env: Readonly<Record<string, string>>;
}

export type InitOutcome =
  | { readonly type: "ready"; readonly milliseconds: number }
  | { readonly type: "failed"; readonly error: Uint8Array; readonly functionError: FunctionError }
  | Exited
  | Killed;

export type InvokeOutcome =
  | { readonly type: "result"; readonly payload: Uint8Array }
  | { readonly type: "failed"; readonly payload: Uint8Array; readonly errorType: string; readonly isExiting: boolean }
  | { readonly type: "invalidEvent"; readonly message: string }
  | Exited
  | Killed;

/** The process ended by itself before it answered. */
export interface Exited {
  readonly type: "exited";
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly isOutOfMemory: boolean;
  /** The process could not even be started. */
  readonly startError?: string;
}

/** We ended it. */
export interface Killed {
  readonly type: "killed";
  readonly why: KillReason;
}

export type KillReason = "timeout" | "memory" | "retired";

export type OutputListener = (level: LogHead["level"], message: string) => void;

/** Where a process that printed its own death (V8 out of memory) leaves its last words. */
const keptErrorCharacters = 4096;
/** How long output may still come after a process ended. */
const drainMilliseconds = 300;

/** One function environment: a child process that initialises once and answers one invocation at a time. */
export class Environment {
  readonly launch: Launch;
  readonly pid: number;
  /** Virtual moment since which it is idle. */
  idleSince = 0;
  invocations = 0;
  maxMemoryBytes = 0;
  startedAt = 0;
  state: "spare" | "starting" | "idle" | "busy" | "ended" = "spare";
  requestId: string | undefined;
  onOutput: OutputListener = () => {};
  onEnded: () => void = () => {};
  readonly #child: ChildProcess;
  readonly #pipe: Duplex;
  #initialised: ((outcome: InitOutcome) => void) | undefined;
  #answered: ((outcome: InvokeOutcome) => void) | undefined;
  #inspecting: ((url: string) => void) | undefined;
  #killedBecause: KillReason | undefined;
  #lastWords = "";
  #startError: string | undefined;

  constructor(launch: Launch) {
    this.launch = launch;
    this.#child = spawn(launch.command, [...launch.arguments], {
      env: { ...launch.env },
      stdio: ["ignore", "pipe", "pipe", "pipe"],
      windowsHide: true,
    });
    this.pid = this.#child.pid ?? 0;
    const pipe = this.#child.stdio[3];
    if (pipe === null || pipe === undefined || !("write" in pipe)) throw new Error("A function environment came up without its pipe.");
    this.#pipe = pipe as Duplex;
    this.#pipe.on(
      "data",
      frameReader((frame) => this.#onFrame(frame)),
    );
    // a process that ends while we write: its exit says all
    this.#pipe.on("error", () => {});
    this.#child.stdout?.setEncoding("utf8").on("data", (text: string) => this.#onText(text));
    this.#child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#lastWords = (this.#lastWords + text).slice(-keptErrorCharacters);
      this.#onText(text);
    });
    this.#child.once("error", (error) => {
      this.#startError = error.message;
      this.#onEnd(null, null);
    });
    this.#child.once("exit", (code, signal) => {
      // the answer may still be in the pipe
      const drained = setTimeout(() => this.#onEnd(code, signal), drainMilliseconds);
      this.#child.once("close", () => {
        clearTimeout(drained);
        this.#onEnd(code, signal);
      });
    });
  }

  initialise(head: InitHead): Promise<InitOutcome> {
    this.state = "starting";
    return new Promise((resolve) => {
      this.#initialised = resolve;
      this.#pipe.write(encodeFrame(frameType.init, JSON.stringify(head)));
    });
  }

  invoke(head: InvokeHead, event: Uint8Array): Promise<InvokeOutcome> {
    this.invocations += 1;
    this.requestId = head.requestId;
    return new Promise((resolve) => {
      this.#answered = resolve;
      this.#pipe.write(encodeFrame(frameType.invoke, JSON.stringify(head), event));
    });
  }

  /** How much time the invocation under way has left, when that changed other than by passing. */
  tellDeadline(isStanding: boolean, leftMilliseconds: number): void {
    const head: DeadlineHead = { isStanding, leftMilliseconds, at: performance.timeOrigin + performance.now() };
    this.#pipe.write(encodeFrame(frameType.deadline, JSON.stringify(head)));
  }

  /** Address for a debugger (Chrome DevTools Protocol). */
  inspect(): Promise<string> {
    return new Promise((resolve) => {
      this.#inspecting = resolve;
      this.#pipe.write(encodeFrame(frameType.inspect, ""));
    });
  }

  kill(why: KillReason): void {
    if (this.state === "ended") return;
    this.#killedBecause ??= why;
    this.#child.kill("SIGKILL");
  }

  #onFrame(frame: Frame): void {
    switch (frame.type) {
      case frameType.ready:
        return this.#settleInit({ type: "ready", milliseconds: (JSON.parse(frame.head) as ReadyHead).initMilliseconds });
      case frameType.initFailed:
        return this.#settleInit({
          type: "failed",
          error: frame.body,
          functionError: JSON.parse(frame.body.toString("utf8")) as FunctionError,
        });
      case frameType.result:
        return this.#settle({ type: "result", payload: frame.body });
      case frameType.failed: {
        const head = JSON.parse(frame.head) as FailedHead;
        return this.#settle({ type: "failed", payload: frame.body, errorType: head.errorType, isExiting: head.isExiting });
      }
      case frameType.invalidEvent:
        return this.#settle({ type: "invalidEvent", message: frame.body.toString("utf8") });
      case frameType.log:
        return this.onOutput((JSON.parse(frame.head) as LogHead).level, frame.body.toString("utf8"));
      case frameType.text:
        return this.#onText(frame.body.toString("utf8"));
      case frameType.inspecting:
        return this.#inspecting?.(frame.body.toString("utf8"));
    }
  }

  #onText(text: string): void {
    for (const line of text.split("\n")) if (line !== "") this.onOutput("info", line);
  }

  #settleInit(outcome: InitOutcome): void {
    const settle = this.#initialised;
    this.#initialised = undefined;
    settle?.(outcome);
  }

  #settle(outcome: InvokeOutcome): void {
    const settle = this.#answered;
    this.#answered = undefined;
    settle?.(outcome);
  }

  #onEnd(code: number | null, signal: NodeJS.Signals | null): void {
    if (this.state === "ended") return;
    this.state = "ended";
    const isOutOfMemory = this.#killedBecause === "memory" || /heap out of memory|Cannot allocate memory/.test(this.#lastWords);
    const outcome: Exited | Killed =
      this.#killedBecause === undefined
        ? { type: "exited", code, signal, isOutOfMemory, ...(this.#startError !== undefined && { startError: this.#startError }) }
        : { type: "killed", why: this.#killedBecause };
    this.#settleInit(outcome);
    this.#settle(outcome);
    this.onEnded();
  }
}

/** What every child process needs of ours to run at all; nothing else of our environment reaches user code. */
export function bareEnvironment(): Record<string, string> {
  const env: Record<string, string> = {};
  for (const name of ["PATH", "SystemRoot", "SYSTEMROOT", "windir", "COMSPEC", "PATHEXT"]) {
    const value = process.env[name];
    if (value !== undefined) env[name] = value;
  }
  if (process.versions["electron"] !== undefined) env["ELECTRON_RUN_AS_NODE"] = "1";
  return env;
}

/** Node as V8 would run it in Lambda with that much memory. */
export function nodeLaunch(script: string, memoryMegabytes: number, compileCacheDirectory: string, nodeOptions?: string): Launch {
  const env = {
    ...bareEnvironment(),
    NODE_COMPILE_CACHE: compileCacheDirectory,
    ...(nodeOptions !== undefined && { NODE_OPTIONS: nodeOptions }),
  };
  const oldSpaceMegabytes = Math.min(Math.floor(memoryMegabytes * 0.9), Math.floor(os.totalmem() / 2 ** 20));
  const flags = [`--max-old-space-size=${oldSpaceMegabytes}`, "--disable-warning=ExperimentalWarning"];
  return { command: process.execPath, arguments: [...flags, script], key: `node ${memoryMegabytes} ${nodeOptions ?? ""}`, env };
}

/** Whatever Python 3 the machine has; the bootstrap comes with the command, so that no file must be found. */
export function pythonLaunch(bootstrap: string): Launch {
  const command = process.platform === "win32" ? "python" : "python3";
  return { command, arguments: ["-u", "-c", bootstrap], key: "python", env: bareEnvironment() };
}
