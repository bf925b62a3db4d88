// The design shown frame by frame on the whole screen, with nothing around it.
import { create } from "zustand";
import type { CanvasFrame } from "../../../model/design/design.ts";
import { boundsOf } from "../../../model/design/geometry.ts";
import type { Command } from "../../app/commands.ts";
import { useCanvasFile } from "../../app/stores/canvasFile.ts";
import { useDesign } from "../../app/stores/design.ts";
import { setLayout } from "../../app/stores/layout.ts";
import { clearSelection } from "../../app/stores/selection.ts";
import { leaveCard } from "../hovering.ts";
import { itemBoxes } from "../arranging.ts";
import { currentView, showBox } from "../canvasView.ts";
import { perLanguage, t } from "../../app/texts/texts.ts";

/** Which frame is shown; null: nothing is presented. */
export const usePresenting = create<{ index: number | null }>(() => ({ index: null }));

/** Frames in their order; without any, the whole design is the one. */
export function presentedFrames(): readonly CanvasFrame[] {
  const { frames = [] } = useCanvasFile.getState().canvas;
  if (frames.length > 0) return frames;
  const all = boundsOf(itemBoxes());
  return all === null ? [] : [{ id: "frame:all", name: t("The whole design"), ...all }];
}

/** Sets the screen up as long as something is presented; returns how to stop. */
export function followPresenting(): () => void {
  const stop = usePresenting.subscribe(({ index }, before) => {
    document.documentElement.toggleAttribute("data-presenting", index !== null);
    leaveCard();
    if (index !== null) showFrame(before.index === null ? 0 : 420);
    if (index !== null && before.index === null) {
      // where the browser does not allow it, it is presented in the window
      document.documentElement.requestFullscreen?.().catch(() => undefined);
    }
    if (index === null && document.fullscreenElement !== null) void document.exitFullscreen();
  });
  const onFullscreen = (): void => {
    if (document.fullscreenElement === null) end();
  };
  document.addEventListener("fullscreenchange", onFullscreen);
  return () => {
    stop();
    end();
    document.documentElement.removeAttribute("data-presenting");
    document.removeEventListener("fullscreenchange", onFullscreen);
  };
}

/** The frame that is shown fills the canvas, whatever size that has now. */
export function showFrame(durationMilliseconds: number): void {
  const { index } = usePresenting.getState();
  const frame = index === null ? undefined : presentedFrames()[index];
  if (frame !== undefined) showBox(frame, durationMilliseconds);
}

export function presentNext(by: 1 | -1): void {
  const { index } = usePresenting.getState();
  if (index === null) return;
  const next = Math.max(0, Math.min(presentedFrames().length - 1, index + by));
  if (next !== index) usePresenting.setState({ index: next });
}

export function end(): void {
  if (usePresenting.getState().index !== null) usePresenting.setState({ index: null });
}

const isPresenting = (): boolean => usePresenting.getState().index !== null;

/** Before all others of the canvas: while presenting, the same keys turn the pages. */
export const presentingCommands = perLanguage((): readonly Command[] => [
  {
    id: "present.next",
    title: t("Next frame"),
    group: "View",
    shortcut: ["arrowright", "pagedown", " "],
    when: isPresenting,
    run: () => presentNext(1),
  },
  {
    id: "present.previous",
    title: t("Previous frame"),
    group: "View",
    shortcut: ["arrowleft", "pageup"],
    when: isPresenting,
    run: () => presentNext(-1),
  },
  { id: "present.end", title: t("End the presentation"), group: "View", shortcut: "escape", when: isPresenting, run: end },
  {
    id: "present.start",
    title: t("Present the design"),
    group: "View",
    shortcut: "p",
    when: () => currentView() !== null && useDesign.getState().design.resources.length > 0 && !isPresenting(),
    keywords: ["frames", "slides", "full screen", "projector"],
    run: () => {
      setLayout({ activeTab: "canvas", splitTab: null });
      clearSelection();
      usePresenting.setState({ index: 0 });
    },
  },
]);
