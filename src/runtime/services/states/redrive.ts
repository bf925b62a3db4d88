import type { LoggedEvent } from "./history.ts";

/** Failures that a redriven execution is to have again only if they happen again. */
const failures: ReadonlySet<string> = new Set([
  "ExecutionFailed",
  "ExecutionTimedOut",
  "ExecutionAborted",
  "ParallelStateFailed",
  "MapStateFailed",
  "MapIterationFailed",
  "MapIterationAborted",
  "MapRunFailed",
  "EvaluationFailed",
]);

/**
 * The log of an execution as if it had not failed: in each flow the state that was not left is about to do its work for the
 * first time. Of a Parallel or Map only what did not succeed is done again.
 */
export function logForRedrive(log: readonly LoggedEvent[]): LoggedEvent[] {
  const byFrame = Map.groupBy(log, ({ frame }) => frame);
  return [...byFrame.values()].flatMap((events) => {
    const entered = events.findLastIndex(({ type }) => type.endsWith("StateEntered"));
    const isLeft = events.slice(entered + 1).some(({ type }) => type.endsWith("StateExited"));
    if (entered < 0 || isLeft) return events.filter(({ type }) => !failures.has(type));
    // What a Task did is forgotten; of a Parallel or Map the begun attempt is kept, with the flows in it.
    const begun = events.slice(entered + 1).filter(({ type }) => type.startsWith("Map") || type.startsWith("Parallel"));
    return [...events.slice(0, entered + 1), ...begun.filter(({ type }) => !failures.has(type) && !type.endsWith("Aborted"))];
  });
}
