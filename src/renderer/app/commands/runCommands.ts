import type { HoldDecision } from "../../../model/run.ts";
import { call } from "../api.ts";
import type { Command } from "../commands.ts";
import { useLive } from "../stores/live.ts";
import { attempt, notify } from "../stores/notices.ts";
import { useProject } from "../stores/project.ts";
import { isServing, startRun, stopRun, useRun } from "../stores/run.ts";
import { perLanguage, t } from "../texts/texts.ts";

const canRun = (): boolean => useProject.getState().project !== null && !isServing(useRun.getState().run);
const isRunning = (): boolean => isServing(useRun.getState().run);

export function setClockRate(rate: number): void {
  void attempt(t("Set the clock"), () => call("clock.run", { rate }));
}

export function toggleClock(): void {
  const { clock } = useLive.getState();
  void attempt(t("Set the clock"), () =>
    clock?.isPaused === true ? call("clock.run", { rate: clock.rate || 1 }) : call("clock.pause", {}),
  );
}

export function setStepping(isStepping: boolean): void {
  void attempt(t("Step mode"), () => call("debug.setStepping", { isStepping }));
}

/** Decides about one hold; the oldest when none is named. */
export function decide(decision: HoldDecision, holdId?: string): void {
  const hold = holdId ?? useLive.getState().debugger.holds[0]?.id;
  if (hold !== undefined) void attempt(t("Decide about this hop"), () => call("debug.decide", { holdId: hold, decision }));
}

export const runCommands = perLanguage((): readonly Command[] => [
  {
    id: "run.start",
    title: t("Run"),
    group: "Run",
    shortcut: "mod+enter",
    when: canRun,
    keywords: ["deploy", "start"],
    run: () => void startRun(),
  },
  {
    id: "run.stop",
    title: t("Stop"),
    group: "Run",
    shortcut: "shift+F5",
    worksInText: true,
    when: () => isRunning() || useRun.getState().run.type === "deploying",
    run: () => void stopRun(),
  },
  {
    id: "run.restart",
    title: t("Run again from nothing"),
    group: "Run",
    when: isRunning,
    keywords: ["restart", "reset"],
    run: () => void stopRun().then(startRun),
  },
  {
    id: "trace.clear",
    title: t("Clear traces"),
    group: "Run",
    when: isRunning,
    run: () => void attempt(t("Clear traces"), () => call("trace.clear", {})),
  },
  {
    id: "clock.pause",
    title: t("Pause the clock or let it run"),
    group: "Clock",
    shortcut: "F6",
    worksInText: true,
    when: isRunning,
    run: toggleClock,
  },
  {
    id: "clock.skip",
    title: t("Skip to the next due thing"),
    group: "Clock",
    shortcut: "mod+.",
    worksInText: true,
    when: isRunning,
    run: () =>
      void attempt(t("Skip"), async () => {
        const { isSkipped } = await call("clock.skip", {});
        if (!isSkipped)
          notify({ tone: "info", title: t("Nothing is due"), detail: t("No delay, retry, schedule or TTL waits for its time.") });
      }),
  },
  ...[1, 10, 100, 1000].map((rate): Command => ({
    id: `clock.rate.${rate}`,
    title: t("Clock at {{rate}}×", { rate }),
    group: "Clock",
    when: isRunning,
    run: () => setClockRate(rate),
  })),
  {
    id: "step.toggle",
    title: t("Step mode: hold before every hop"),
    group: "Step",
    shortcut: "F8",
    worksInText: true,
    when: isRunning,
    run: () => setStepping(!useLive.getState().debugger.isStepping),
  },
]);
