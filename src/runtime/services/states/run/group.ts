import { Ended, ExecutionFailure } from "./failure.ts";
import type { Frame } from "./frame.ts";

/** Runs one frame of the group; when it ends, the frame around it goes on behind its last event. */
export type Finished = <Output>(inner: Frame, run: () => Promise<Output>) => Promise<Output>;

/** Flows that run at the same time: when one fails, `failed` is told which were under way, these are let go, and the whole fails as it did. */
export async function group<Output>(
  frame: Frame,
  failed: (failing: Frame, underWay: ReadonlySet<Frame>) => void,
  run: (signal: AbortSignal, finished: Finished) => Promise<Output>,
): Promise<Output> {
  const ending = new AbortController();
  const abort = (): void => ending.abort(new Ended());
  frame.signal.addEventListener("abort", abort, { once: true });
  if (frame.signal.aborted) abort();
  const underWay = new Set<Frame>();
  let isFailed = false;
  const finished: Finished = async (inner, work) => {
    underWay.add(inner);
    try {
      const output = await work();
      if (!isFailed) frame.previous = inner.joined ?? inner.previous;
      return output;
    } catch (error) {
      if (!isFailed) {
        isFailed = true;
        frame.previous = inner.previous;
        if (error instanceof ExecutionFailure && !error.isFatal) failed(inner, underWay);
        abort();
      }
      throw error;
    } finally {
      underWay.delete(inner);
    }
  };
  try {
    return await run(ending.signal, finished);
  } finally {
    frame.signal.removeEventListener("abort", abort);
  }
}
