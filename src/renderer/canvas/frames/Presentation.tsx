import { ViewportPortal } from "@xyflow/react";
import { ChevronLeft, ChevronRight, X } from "lucide-react";
import { useCanvasFile } from "../../app/stores/canvasFile.ts";
import { IconButton } from "../../app/ui/IconButton.tsx";
import { end, presentedFrames, presentNext, usePresenting } from "./presenting.ts";
import { t } from "../../app/texts/texts.ts";

/** What is outside the presented frame steps back. */
export function PresentedFrame() {
  const frame = usePresentedFrame();
  if (frame === undefined) return null;
  const { x, y, width, height } = frame;
  return (
    <ViewportPortal>
      <div
        aria-hidden
        className="pointer-events-none absolute z-[1500] shadow-[0_0_0_100000px_color-mix(in_oklab,var(--bg-canvas)_90%,transparent)] transition-[transform,width,height] duration-(--t-slow)"
        style={{ transform: `translate(${x}px, ${y}px)`, width, height }}
      />
    </ViewportPortal>
  );
}

/** Which frame it is, and the way to the others. */
export function PresentationBar() {
  const index = usePresenting((state) => state.index);
  const frame = usePresentedFrame();
  if (frame === undefined || index === null) return null;
  const { length: count } = presentedFrames();
  return (
    <div className="absolute bottom-5 left-1/2 z-20 flex -translate-x-1/2 items-center gap-1 rounded-full border border-line-strong bg-raised p-1 shadow-3">
      <IconButton label={t("Previous frame")} shortcut="arrowleft" disabled={index === 0} onClick={() => presentNext(-1)}>
        <ChevronLeft size={16} />
      </IconButton>
      <span role="status" className="min-w-40 px-2 text-center text-md">
        <span className="font-medium">{frame.name}</span>{" "}
        <span className="pl-1 text-fg-3 tabular-nums">{t("{{index}} of {{count}}", { index: index + 1, count })}</span>
      </span>
      <IconButton label={t("Next frame")} shortcut="arrowright" disabled={index === count - 1} onClick={() => presentNext(1)}>
        <ChevronRight size={16} />
      </IconButton>
      <IconButton label={t("End the presentation")} shortcut="escape" onClick={end}>
        <X size={16} />
      </IconButton>
    </div>
  );
}

function usePresentedFrame() {
  const index = usePresenting((state) => state.index);
  useCanvasFile();
  return index === null ? undefined : presentedFrames()[index];
}
