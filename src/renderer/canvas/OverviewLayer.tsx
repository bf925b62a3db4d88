import { useStoreApi } from "@xyflow/react";
import { useEffect, useRef } from "react";
import { useTheme } from "../app/theme/theme.ts";
import { visibleBox } from "./canvasView.ts";
import { drawOverview, overviewColours, type OverviewScene } from "./overview.ts";

/** Stands in for the cards while there are too many of them, or they are too small to be read. */
export function OverviewLayer({ scene }: { scene: OverviewScene }) {
  const element = useRef<HTMLCanvasElement>(null);
  const store = useStoreApi();
  const theme = useTheme((state) => state.theme);

  useEffect(() => {
    const canvas = element.current;
    const context = canvas?.getContext("2d");
    if (canvas === null || context === null || context === undefined) return;
    const colours = overviewColours();
    let frame = 0;
    const draw = (): void => {
      frame = 0;
      const ratio = window.devicePixelRatio;
      canvas.width = Math.round(canvas.clientWidth * ratio);
      canvas.height = Math.round(canvas.clientHeight * ratio);
      const [x, y, zoom] = store.getState().transform;
      context.setTransform(ratio * zoom, 0, 0, ratio * zoom, x * ratio, y * ratio);
      drawOverview(context, scene, colours, visibleBox(), zoom);
    };
    const ask = (): void => {
      if (frame === 0) frame = requestAnimationFrame(draw);
    };
    draw();
    const stop = store.subscribe(ask);
    return () => {
      stop();
      cancelAnimationFrame(frame);
    };
  }, [scene, store, theme]);

  return <canvas ref={element} aria-hidden className="pointer-events-none absolute inset-0 z-[4] size-full" />;
}
