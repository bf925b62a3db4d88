import { useEffect, useState } from "react";
import { clockNow, useLive } from "../app/stores/live.ts";

const MILLISECONDS = 250;

/** The virtual clock for countdowns, told a few times a second. */
export function useSeconds(): number {
  const [now, setNow] = useState(() => clockNow(useLive.getState()));
  useEffect(() => {
    const update = (): void => setNow(clockNow(useLive.getState()));
    const timer = setInterval(update, MILLISECONDS);
    const stop = useLive.subscribe(update);
    return () => {
      clearInterval(timer);
      stop();
    };
  }, []);
  return now;
}
