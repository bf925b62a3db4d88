import type { LoggedEvent } from "./history.ts";

/**
 * The log of a failed execution as if it had not failed: each frame stands before the state that it failed in, which is entered
 * anew. The ids go on behind the last event, which stays in the log.
 */
export function logForRedrive(log: readonly LoggedEvent[]): LoggedEvent[] {
  const open = new Map<string, number>();
  log.forEach((event, index) => {
    if (event.type.endsWith("StateEntered")) open.set(event.frame, index);
    else if (event.type.endsWith("StateExited")) open.delete(event.frame);
  });
  // Only the outermost unfinished state is entered again: what is inside of it begins anew with it.
  const outermost = open.get("");
  if (outermost === undefined) return [...log];
  const kept = log.slice(0, outermost);
  const last = log.at(-1);
  return last === undefined ? kept : [...kept, { ...last, type: "ExecutionRedriven", frame: "" }];
}
