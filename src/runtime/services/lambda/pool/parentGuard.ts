// A handler in an endless loop never sees that the runtime was killed. On Linux the kernel ends a process with its parent
// when asked to, and util-linux's setpriv asks before it becomes the process that it starts.
import { readFileSync } from "node:fs";
import type { Launch } from "./environment.ts";

const places = ["/usr/bin/setpriv", "/bin/setpriv"];

/** Has environments end with the runtime, where the machine knows how. */
export class ParentGuard {
  /** What to put before a command; found out when it is first needed. */
  #prefix: readonly string[] | undefined;

  guarded(launch: Launch): Launch {
    this.#prefix ??= findGuard();
    const [command, ...rest] = [...this.#prefix, launch.command];
    return command === undefined ? launch : { ...launch, command, arguments: [...rest, ...launch.arguments] };
  }
}

function findGuard(): readonly string[] {
  const setpriv = process.platform === "linux" ? places.find(knowsParents) : undefined;
  return setpriv === undefined ? [] : [setpriv, "--pdeathsig", "KILL"];
}

/** Those of BusyBox and of old distributions do not; a look into the program is quicker than to run it. */
function knowsParents(file: string): boolean {
  try {
    return readFileSync(file).includes("pdeathsig");
  } catch {
    return false;
  }
}
