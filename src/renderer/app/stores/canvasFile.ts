// `.contrail/canvas.json` in memory: positions and notes. Written a moment after the last change, never on opening; what
// others write there meanwhile is merged in.
import { create } from "zustand";
import { emptyCanvas } from "../../../model/design/canvasFile.ts";
import type { Canvas } from "../../../model/design/design.ts";
import type { Problem } from "../../../model/problem.ts";
import { areSame, mergeCanvas } from "../../canvas/mergeCanvas.ts";
import { call, on } from "../api.ts";
import { attempt } from "./notices.ts";
import { t } from "../texts/texts.ts";

export interface CanvasFile {
  canvas: Canvas;
  /** The file could not be read: it is not written before the person has decided. */
  problem: Problem | null;
}

const writeDelayMilliseconds = 400;
let writeTimer: ReturnType<typeof setTimeout> | undefined;
/** As it was last read or written: what others changed since is theirs, what differs here is ours. */
let saved: Canvas = emptyCanvas;

export const useCanvasFile = create<CanvasFile>(() => ({ canvas: emptyCanvas, problem: null }));

export function adoptCanvas(canvas: Canvas, problem: Problem | null): void {
  clearTimeout(writeTimer);
  saved = canvas;
  useCanvasFile.setState({ canvas, problem });
}

export function followCanvasFile(): () => void {
  // a page that goes takes what was changed just before along
  const onPageHide = (): void => {
    if (writeTimer === undefined) return;
    clearTimeout(writeTimer);
    writeNow();
  };
  window.addEventListener("pagehide", onPageHide);
  const stop = on("canvas.changed", ({ canvas: theirs, canvasProblem }) => {
    if (canvasProblem !== null) {
      clearTimeout(writeTimer);
      useCanvasFile.setState({ problem: canvasProblem });
      return;
    }
    const { canvas } = useCanvasFile.getState();
    const merged = mergeCanvas(saved, canvas, theirs);
    saved = theirs;
    useCanvasFile.setState({ problem: null });
    if (!areSame(merged, canvas)) useCanvasFile.setState({ canvas: merged });
    if (!areSame(merged, theirs)) setCanvas(merged);
  });
  return () => {
    stop();
    window.removeEventListener("pagehide", onPageHide);
  };
}

/** Changes positions or notes and saves soon after. */
export function setCanvas(canvas: Canvas): void {
  useCanvasFile.setState({ canvas });
  if (useCanvasFile.getState().problem !== null) return;
  clearTimeout(writeTimer);
  writeTimer = setTimeout(writeNow, writeDelayMilliseconds);
}

/** The person accepts that an unreadable canvas file is replaced. */
export function replaceBrokenCanvas(): void {
  useCanvasFile.setState({ problem: null });
  writeNow();
}

function writeNow(): void {
  writeTimer = undefined;
  const { canvas } = useCanvasFile.getState();
  saved = canvas;
  void attempt(t("Save positions"), () => call("canvas.write", { canvas }));
}
