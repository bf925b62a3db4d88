import type { Problem } from "../../../../model/problem.ts";
import type { ServedSource } from "../environment/protocol.ts";

/** A function's code ready to load: everything that it was made from is held here, so later edits on disk do not reach it. */
export interface Program {
  /** Folder that stands for /var/task. */
  readonly root: string;
  /** File with the handler, where the handler's own path does not lead to it. */
  readonly entry?: string;
  readonly sources: readonly ServedSource[];
  /** Absolute paths of the files it was built from. */
  readonly inputs: ReadonlySet<string>;
  readonly problems: readonly Problem[];
  /** The code cannot run: what an invocation answers. */
  readonly syntaxError?: { readonly message: string; readonly trace: readonly string[] };
}
