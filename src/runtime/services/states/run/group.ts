import { Ended } from "./failure.ts";
import type { Frame } from "./frame.ts";

/** Runs one frame of the group; when it ends, the frame around it goes on behind its last event. */
export type Finished = <Output>(inner: Frame, run: () => Promise<Output>) => Promise<Output>;

/** Flows that run at the same time: when one fails, the others are let go and the whole fails as it did. */
export async function group<Output>(frame: Frame, run: (signal: AbortSignal, finished: Finished) => Promise<Output>): Promise<Output> {
  const ending = new AbortController();
  const abort = (): void => ending.abort(new Ended());
  frame.signal.addEventListener("abort", abort, { once: true });
  if (frame.signal.aborted) abort();
  let isFailed = false;
  const finished: Finished = async (inner, work) => {
    try {
      const output = await work();
      if (!isFailed) frame.previous = inner.joined ?? inner.previous;
      return output;
    } catch (error) {
      if (!isFailed) {
        isFailed = true;
        frame.previous = inner.previous;
        abort();
      }
      throw error;
    }
  };
  try {
    return await run(ending.signal, finished);
  } finally {
    frame.signal.removeEventListener("abort", abort);
  }
}
