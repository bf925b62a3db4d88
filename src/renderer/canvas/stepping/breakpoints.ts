// Breakpoints live in the runtime's debugger; the Studio sends the whole list at each change.
import type { Breakpoint } from "../../../model/run.ts";
import { call } from "../../app/api.ts";
import { useLive } from "../../app/stores/live.ts";
import { attempt, notify } from "../../app/stores/notices.ts";
import { isServing, useRun } from "../../app/stores/run.ts";
import { t } from "../../app/texts/texts.ts";

export function useBreakpoints(): readonly Breakpoint[] {
  return useLive((live) => live.debugger.breakpoints);
}

export function breakpointOn(breakpoints: readonly Breakpoint[], logicalId: string): Breakpoint | undefined {
  return breakpoints.find(({ on }) => on.type === "resource" && on.logicalId === logicalId);
}

export function breakpointBetween(breakpoints: readonly Breakpoint[], from: string, to: string): Breakpoint | undefined {
  return breakpoints.find(({ on }) => on.type === "connection" && on.from === from && on.to === to);
}

export function toggleBreakpoint(on: Breakpoint["on"]): void {
  const { breakpoints } = useLive.getState().debugger;
  const existing = on.type === "resource" ? breakpointOn(breakpoints, on.logicalId) : breakpointBetween(breakpoints, on.from, on.to);
  if (existing !== undefined) removeBreakpoint(existing.id);
  else
    send([
      ...breakpoints,
      { id: on.type === "resource" ? `resource:${on.logicalId}` : `connection:${on.from}>${on.to}`, on, isEnabled: true },
    ]);
}

export function removeBreakpoint(id: string): void {
  send(useLive.getState().debugger.breakpoints.filter((one) => one.id !== id));
}

export function setBreakpointEnabled(id: string, isEnabled: boolean): void {
  send(useLive.getState().debugger.breakpoints.map((one) => (one.id === id ? { ...one, isEnabled } : one)));
}

function send(breakpoints: readonly Breakpoint[]): void {
  if (!isServing(useRun.getState().run)) {
    notify({ tone: "info", title: t("Run the design first"), detail: t("Breakpoints are kept by the running design.") });
    return;
  }
  void attempt(t("Set breakpoints"), () => call("debug.setBreakpoints", { breakpoints: breakpoints.map((one) => ({ ...one })) }));
}
