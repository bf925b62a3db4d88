// Task tokens: made from the execution and the visit that waits, so that they are the same after a restart and need no table.
import { createHash } from "node:crypto";
import type { Json } from "../../../../model/json.ts";
import { invalidToken } from "../errors.ts";

/** How somebody outside answers a task. */
export type TaskAnswer =
  | { readonly type: "succeeded"; readonly output: string }
  | { readonly type: "failed"; readonly error: string | undefined; readonly cause: string | undefined }
  /** Or without a heartbeat for too long: AWS calls both States.Timeout. */
  | { readonly type: "timedOut" };

/** A task that waits for an answer from outside. */
export interface OpenTask {
  /** False: it was answered before. What is written down is committed by the caller. */
  answer(answer: TaskAnswer): boolean;
  heartbeat(): void;
  /** Of an activity that no worker has taken: writes down that it is begun. */
  begin?: () => void;
  told(): ToldTask;
}

/** A waiting task as the Studio shows it. */
export interface ToldTask {
  readonly token: string;
  readonly enteredId: number;
  readonly state: string;
  /** Service of the integration, or the activity's ARN. */
  readonly resource: string;
  readonly input: string;
  /** Virtual milliseconds, as the others. */
  readonly since: number;
  readonly timeoutAt: number | null;
  readonly heartbeatAt: number | null;
}

export interface TokenParts {
  readonly execution: number;
  readonly key: string;
  readonly proof: string;
}

const beginning = "AQCgAAAAKgAAAAMAAAAAAAAAA";

export function openTaskKey(frame: string, enteredId: number, attempt: number): string {
  return `${frame}:${enteredId}:${attempt}`;
}

export function makeToken(execution: number, secret: string, key: string): string {
  return `${beginning}${Buffer.from(JSON.stringify([execution, key, proofOf(secret, key)])).toString("base64url")}`;
}

export function readToken(token: string): TokenParts {
  if (!token.startsWith(beginning)) throw invalidToken();
  let parts: Json;
  try {
    parts = JSON.parse(Buffer.from(token.slice(beginning.length), "base64url").toString("utf8")) as Json;
  } catch {
    throw invalidToken();
  }
  if (!Array.isArray(parts)) throw invalidToken();
  const [execution, key, proof] = parts;
  if (typeof execution !== "number" || typeof key !== "string" || typeof proof !== "string") throw invalidToken();
  return { execution, key, proof };
}

export function isProofOf(parts: TokenParts, secret: string): boolean {
  return parts.proof === proofOf(secret, parts.key);
}

function proofOf(secret: string, key: string): string {
  return createHash("sha256").update(`${secret}:${key}`).digest("hex").slice(0, 32);
}
