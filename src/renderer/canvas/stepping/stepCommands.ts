import { StudioError } from "../../../model/studioApi.ts";
import { call } from "../../app/api.ts";
import { decide } from "../../app/commands/runCommands.ts";
import type { Command } from "../../app/commands.ts";
import { attempt } from "../../app/stores/notices.ts";
import { useDesign } from "../../app/stores/design.ts";
import { useLive } from "../../app/stores/live.ts";
import { useSelection } from "../../app/stores/selection.ts";
import { isServing, useRun } from "../../app/stores/run.ts";
import { editedInput, goingOn, isSpoilt } from "./holdEdit.ts";
import { toggleBreakpoint } from "./breakpoints.ts";
import { useHop } from "./hop.ts";
import { lookAtHeld, lookBack } from "./lookBack.ts";
import { runToHere } from "./runTo.ts";
import { perLanguage, t } from "../../app/texts/texts.ts";

const isLookingBack = (): boolean => useHop.getState().past !== null;
const isHoldingOrStepping = (): boolean => useLive.getState().debugger.holds.length > 0 || useLive.getState().debugger.isStepping;
const isHolding = (): boolean => useHop.getState().hop !== null;
const isRunning = (): boolean => isServing(useRun.getState().run);
const hasSelection = (): boolean => useSelection.getState().resources.length === 1 || useSelection.getState().connection !== null;

/** Lets the shown hop go, with its message as edited; stops again at the next one. Looking back, only the view goes on. */
export function stepOn(): void {
  if (isLookingBack()) return void lookBack(1);
  const { hop } = useHop.getState();
  const input = editedInput();
  if (hop === null || input === "invalid") return;
  decide({ type: "step", ...(input === undefined ? {} : { input: input.value }) }, hop.hold.id);
}

/** Lets the shown hop go, and everything after it. */
export function continueOn(): void {
  const { hop } = useHop.getState();
  if (hop === null || editedInput() === "invalid") return;
  decide(goingOn(hop.hold.id), hop.hold.id);
}

/** Lets everything go that waits, the shown message as edited, and stops holding at every hop; breakpoints still hold. */
export async function continueAll(): Promise<void> {
  if (isSpoilt(useLive.getState().debugger.holds)) return;
  await attempt(t("Continue"), async () => {
    await call("debug.setStepping", { isStepping: false });
    // Read now: a hop that was stepped a moment ago is gone, and the one after it may have come.
    for (const hold of useLive.getState().debugger.holds) {
      await call("debug.decide", { holdId: hold.id, decision: goingOn(hold.id) }).catch((error: unknown) => {
        if (!(error instanceof StudioError && error.code === "HoldNotFound")) throw error;
      });
    }
  });
}

export function toggleSelectedBreakpoint(): void {
  const { resources, connection: id } = useSelection.getState();
  const connection = useDesign.getState().design.connections.find((one) => one.id === id);
  const [resource] = resources;
  if (connection !== undefined) toggleBreakpoint({ type: "connection", from: connection.from, to: connection.to });
  else if (resource !== undefined) toggleBreakpoint({ type: "resource", logicalId: resource });
}

export const stepCommands = perLanguage((): readonly Command[] => [
  { id: "step.step", title: t("Step"), group: "Step", shortcut: "F10", worksInText: true, when: isHolding, run: stepOn },
  {
    id: "step.continue",
    title: t("Continue"),
    group: "Step",
    shortcut: "F5",
    worksInText: true,
    when: isHoldingOrStepping,
    run: () => void continueAll(),
  },
  {
    id: "step.back",
    title: t("Look back at the hop before"),
    group: "Step",
    shortcut: "shift+F10",
    worksInText: true,
    when: isHolding,
    keywords: ["back", "earlier", "past"],
    run: () => void lookBack(-1),
  },
  {
    id: "step.toHeld",
    title: t("Return to the held hop"),
    group: "Step",
    when: isLookingBack,
    run: lookAtHeld,
  },
  {
    id: "step.runTo",
    title: t("Run to the selected resource"),
    group: "Step",
    shortcut: "mod+F10",
    worksInText: true,
    when: () => isHolding() && useSelection.getState().resources.length === 1,
    run: () => runToHere(useSelection.getState().resources[0] ?? ""),
  },
  {
    id: "step.drop",
    title: t("Drop the held message"),
    group: "Step",
    when: isHolding,
    run: () => decide({ type: "drop" }, useHop.getState().hop?.hold.id),
  },
  {
    id: "step.breakpoint",
    title: t("Breakpoint on or off"),
    group: "Step",
    shortcut: "F9",
    when: () => isRunning() && hasSelection(),
    run: toggleSelectedBreakpoint,
  },
  {
    id: "step.clearBreakpoints",
    title: t("Remove all breakpoints"),
    group: "Step",
    when: () => useLive.getState().debugger.breakpoints.length > 0,
    run: () => useLive.getState().debugger.breakpoints.forEach((one) => toggleBreakpoint(one.on)),
  },
]);
