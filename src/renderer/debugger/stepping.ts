// What the debugger and the clock are told from this panel.
import type { Breakpoint } from "../../model/run.ts";
import { call } from "../app/api.ts";
import { clockNow, useLive } from "../app/stores/live.ts";
import { attempt } from "../app/stores/notices.ts";
import { t } from "../app/texts/texts.ts";

export async function setStepping(isStepping: boolean): Promise<void> {
  await attempt(isStepping ? t("Stop at every hop") : t("Stop stepping"), () => call("debug.setStepping", { isStepping }));
}

export async function setBreakpoints(breakpoints: readonly Breakpoint[]): Promise<void> {
  await attempt(t("Set breakpoints"), () =>
    call("debug.setBreakpoints", { breakpoints: breakpoints.map((one) => ({ id: one.id, isEnabled: one.isEnabled, on: { ...one.on } })) }),
  );
}

const MAX_SKIPS = 200;

/** Skips from due thing to due thing until this moment has come: nothing before it is left out. */
export async function skipTo(at: number): Promise<void> {
  await attempt(t("Skip"), async () => {
    for (let skips = 0; skips < MAX_SKIPS; skips += 1) {
      const [next] = useLive.getState().clock?.due ?? [];
      // nothing is to happen up to then: a message that nobody waits for
      if (next === undefined || next.at > at) return await call("clock.skipTo", { at });
      const told = nextClockChange();
      const { isSkipped } = await call("clock.skip", {});
      if (!isSkipped) break;
      await told;
      if (clockNow(useLive.getState()) >= at) break;
    }
    return null;
  });
}

/** The event may come before or after the call's answer; without one within the time, the shown clock is as good. */
function nextClockChange(): Promise<void> {
  return new Promise((resolve) => {
    const stop = useLive.subscribe((live, before) => {
      if (live.clock === before.clock) return;
      done();
    });
    const timer = setTimeout(() => done(), 500);
    const done = (): void => {
      clearTimeout(timer);
      stop();
      resolve();
    };
  });
}
