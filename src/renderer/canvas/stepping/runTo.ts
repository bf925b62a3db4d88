// Run to here: everything goes on until a message is about to enter one resource. A breakpoint stands there meanwhile.
import { call } from "../../app/api.ts";
import { useLive } from "../../app/stores/live.ts";
import { attempt } from "../../app/stores/notices.ts";
import { t } from "../../app/texts/texts.ts";
import { goingOn, isSpoilt } from "./holdEdit.ts";

const temporaryId = "run-to-here";

export function runToHere(logicalId: string): void {
  const { breakpoints, holds, isStepping } = useLive.getState().debugger;
  if (isSpoilt(holds)) return;
  const others = breakpoints.filter((one) => one.id !== temporaryId);
  void attempt(t("Run to here"), async () => {
    await call("debug.setBreakpoints", {
      breakpoints: [...others.map((one) => ({ ...one })), { id: temporaryId, isEnabled: true, on: { type: "resource", logicalId } }],
    });
    if (isStepping) await call("debug.setStepping", { isStepping: false });
    stopAtArrival(logicalId, new Set(holds.map((hold) => hold.id)));
    for (const hold of holds) await call("debug.decide", { holdId: hold.id, decision: goingOn(hold.id) });
  });
}

/** Takes the temporary breakpoint away as soon as something was held by it. */
function stopAtArrival(logicalId: string, before: ReadonlySet<string>): void {
  const stop = useLive.subscribe(({ debugger: state }) => {
    const hasArrived = state.holds.some((hold) => !before.has(hold.id) && hold.span.target?.logicalId === logicalId);
    const isGone = !state.breakpoints.some((one) => one.id === temporaryId);
    if (!hasArrived && !isGone) return;
    stop();
    if (!isGone) {
      const others = state.breakpoints.filter((one) => one.id !== temporaryId);
      void attempt(t("Run to here"), () => call("debug.setBreakpoints", { breakpoints: others.map((one) => ({ ...one })) }));
    }
  });
}
