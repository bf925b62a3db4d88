import { useEffect, useState } from "react";
import { clockNow, useLive } from "../../app/stores/live.ts";
import { formatDuration } from "../../timeline/duration.ts";

const toldMilliseconds = 250;
const second = 1000;

/** Virtual time, told often enough to count down by seconds; still while nothing is to be counted. */
export function useVirtualNow(isMoving: boolean): number {
  const [now, setNow] = useState(() => clockNow(useLive.getState()));
  useEffect(() => {
    const update = (): void => setNow(clockNow(useLive.getState()));
    update();
    if (!isMoving) return;
    const stop = useLive.subscribe(update);
    const timer = setInterval(update, toldMilliseconds);
    return () => {
      stop();
      clearInterval(timer);
    };
  }, [isMoving]);
  return now;
}

/** `42 m`, `12 s`, `now`: what is left of a wait. */
export function leftWords(milliseconds: number): string {
  return milliseconds <= 0 ? "now" : formatDuration(Math.max(second, Math.ceil(milliseconds / second) * second));
}
